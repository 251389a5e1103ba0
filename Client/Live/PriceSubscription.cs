using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OptiBid.Client.Requests;

namespace OptiBid.Client.Live;

/// <summary>Server-sent events (WHATWG HTML, 9.2) over as many connections as it takes.</summary>
/// <param name="open">Opens the stream, after the event of an id where there was one.</param>
/// <param name="clock">Measures pauses and silence.</param>
internal sealed class PriceSubscription(Func<QueryText, string?, CancellationToken, Task<HttpResponseMessage>> open, TimeProvider clock)
{
    /// <summary>The gateway says something every 15 s; a connection that is silent for longer than this is dead.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);

    private readonly NewestPrices _newest = new();
    private readonly Pauses _pauses = new();
    private string? _lastEventId;

    public async IAsyncEnumerable<LiveEvent> ReadAsync(QueryText query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var connection = ConnectAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
            ConnectionLost? lost = null;
            while (lost is null)
            {
                try
                {
                    if (!await connection.MoveNextAsync()) lost = new("The gateway has ended the stream.", _pauses.Next(null));
                }
                catch (OptiBidException error) when (error.IsTransient)
                {
                    lost = new(error.Message, _pauses.Next(error.RetryAfter));
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    lost = new($"Nothing was heard for {LongestSilence.TotalSeconds:F0} s.", _pauses.Next(null));
                }
                catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
                {
                    lost = new(error.Message, _pauses.Next(null));
                }

                if (lost is null) yield return connection.Current;
            }

            yield return lost;
            await Task.Delay(lost.RetryIn, clock, cancellationToken);
        }
    }

    private async IAsyncEnumerable<LiveEvent> ConnectAsync(QueryText query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        using var response = await open(query, _lastEventId, ended.Token);
        await using var body = await response.Content.ReadAsStreamAsync(ended.Token);

        // Heartbeats are comments, which the parser passes over: what keeps the connection alive is bytes, not events.
        await using var watched = new WatchedStream(body, () => silence.CancelAfter(LongestSilence));
        await foreach (var item in SseParser.Create(watched).EnumerateAsync(ended.Token))
        {
            _pauses.Reset();
            if (item.EventId is { Length: > 0 } id) _lastEventId = id;
            if (Read(item) is { } told) yield return told;
        }
    }

    private LiveEvent? Read(SseItem<string> item) => item.EventType switch
    {
        "snapshot" or "prices" => _newest.Pass(JsonSerializer.Deserialize(item.Data, ClientJson.Default.Prices) ?? []) is { Count: > 0 } newer
            ? new PricesMoved(newer, item.EventType == "snapshot")
            : null,
        "alerts" => new AlertsFired(JsonSerializer.Deserialize(item.Data, ClientJson.Default.Alerts) ?? []),
        "lag" => new Lagged(JsonSerializer.Deserialize(item.Data, ClientJson.Default.Lag)?.Dropped ?? 0),
        _ => null,
    };
}
