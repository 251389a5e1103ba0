using System.Text.Json;

namespace OptiBid.Gateway.Caching;

/// <summary>One reading of an answer from the history, for one caller and whoever joins him.</summary>
/// <param name="read">Reads it. Must not hang on its caller's request, which may be over before.</param>
/// <param name="changes">Says when it began.</param>
/// <param name="json">How answers are written.</param>
/// <param name="order">Numbers what happens.</param>
internal sealed class AnswerReading(Func<CancellationToken, Task<IResult>> read, HistoryChanges changes, JsonSerializerOptions json, Func<long> order)
{
    /// <summary>True when it has begun.</summary>
    public bool HasBegun { get; private set; }

    public async Task<KeptAnswer> RunAsync(CancellationToken cancellationToken)
    {
        HasBegun = true;
        var start = changes.Begin();
        var value = (await read(cancellationToken) as IValueHttpResult)?.Value ?? throw new InvalidOperationException("Only an answer with a value can be kept.");
        var body = JsonSerializer.SerializeToUtf8Bytes(value, json.GetTypeInfo(value.GetType()));
        return new KeptAnswer(start, body, EntityTag.Of(body)) { Completed = order() };
    }

    /// <exception cref="AnswerTooLargeException">It is read, but too large to be kept.</exception>
    public async ValueTask<KeptAnswer> RunToKeepAsync(int mostBytes, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(cancellationToken);
        return answer.Body.Length <= mostBytes ? answer : throw new AnswerTooLargeException(answer);
    }
}

/// <summary>
/// Carries an answer past the cache to all who wait for it: a cache keeps whatever a reading returns, and nothing of one that
/// fails.
/// </summary>
/// <param name="answer">The answer.</param>
internal sealed class AnswerTooLargeException(KeptAnswer answer) : Exception("The answer is too large to be kept.")
{
    public KeptAnswer Answer => answer;
}
