using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Api.RealTime;

/// <summary>Server-sent events (WHATWG HTML, 9.2) on a pipe. A large event is flushed in parts as it is written.</summary>
internal sealed class EventWriter(PipeWriter output)
{
    private const int FlushBytes = 32 * 1024;

    /// <summary>An event with an id, its data one JSON array on one line.</summary>
    public async ValueTask WriteAsync(string name, long id, PriceView[] prices, CancellationToken cancellationToken)
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

    public ValueTask WriteLagAsync(long missed, CancellationToken cancellationToken)
    {
        Text($"event: lag\ndata: {{\"dropped\":{missed}}}\n\n");
        return FlushAsync(cancellationToken);
    }

    public ValueTask WriteHeartbeatAsync(CancellationToken cancellationToken)
    {
        Text(": heartbeat\n\n");
        return FlushAsync(cancellationToken);
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var flushed = await output.FlushAsync(cancellationToken);
        if (flushed.IsCompleted) throw new OperationCanceledException("The reader has gone.", new CancellationToken(canceled: true));
    }
}
