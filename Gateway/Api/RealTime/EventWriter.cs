using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using OptiBid.Gateway.Api.Alerts;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Api.RealTime;

/// <summary>
/// Server-sent events (WHATWG HTML, 9.2) on a pipe. A large event is flushed in parts as it is written; whoever writes another one
/// meanwhile waits until it is whole.
/// </summary>
internal sealed class EventWriter(PipeWriter output) : IDisposable
{
    private const int FlushBytes = 32 * 1024;

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>An event with an id, its data one JSON array on one line.</summary>
    public async ValueTask WriteAsync(string name, long id, PriceView[] prices, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Text($"event: {name}\nid: {id}\ndata: [");
            using (var json = new Utf8JsonWriter(output))
            {
                for (var i = 0; i < prices.Length; i++)
                {
                    if (i > 0) Text(",");
                    json.Reset(output);
                    JsonSerializer.Serialize(json, prices[i], ApiJson.Default.PriceView);
                    if (output.UnflushedBytes >= FlushBytes) await FlushAsync(cancellationToken);
                }
            }

            Text("]\n\n");
            await FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Alerts, without an id: where a reader goes on is told by prices alone.</summary>
    public ValueTask WriteAlertsAsync(AlertView[] alerts, CancellationToken cancellationToken) =>
        WriteAsync($"event: alerts\ndata: {JsonSerializer.Serialize(alerts, ApiJson.Default.AlertViewArray)}\n\n", cancellationToken);

    public ValueTask WriteLagAsync(long missed, CancellationToken cancellationToken) => WriteAsync($"event: lag\ndata: {{\"dropped\":{missed}}}\n\n", cancellationToken);

    public ValueTask WriteHeartbeatAsync(CancellationToken cancellationToken) => WriteAsync(": heartbeat\n\n", cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Text(text);
            await FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var flushed = await output.FlushAsync(cancellationToken);
        if (flushed.IsCompleted) throw new OperationCanceledException("The reader has gone.", new CancellationToken(canceled: true));
    }
}
