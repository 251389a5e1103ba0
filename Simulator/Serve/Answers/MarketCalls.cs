using System.Globalization;
using Microsoft.AspNetCore.Http;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Faults;
using OptiBid.Simulator.Serve.Log;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>Takes every call to a market through limits and faults to its answer, and into the access log.</summary>
internal sealed class MarketCalls(FaultBook faults, CallLimits limits, AccessLog log, TimeProvider clock)
{
    /// <summary>Answers a call.</summary>
    /// <param name="http">The request.</param>
    /// <param name="zone">The market.</param>
    /// <param name="host">Kind of host.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="answer">Makes the answer.</param>
    public async Task RunAsync(HttpContext http, MarketZone zone, string host, string feed, Func<MarketCall, Answer> answer)
    {
        var (now, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        var call = new MarketCall(http, zone, host, feed, now, faults.Strike(zone, host, feed));
        var body = new CountingStream(http.Response.Body);
        var isLogged = false;
        try
        {
            if (Find(call, FaultKind.Slow) is { } slow) await Task.Delay(slow.Delay, clock, http.RequestAborted);
            if (Find(call, FaultKind.Unavailable) is not null)
            {
                Log(status: 0);
                http.Abort();
                return;
            }

            if (await SendAsync(call, Faulty(call) ?? Limited(call) ?? answer(call), body)) return;
            Log(http.Response.StatusCode);
            http.Abort();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
        }
        finally
        {
            Log(http.Response.StatusCode);
        }

        // Before the caller can know that the answer is over, so that whoever has an answer finds it in the log.
        void Log(int status)
        {
            if (isLogged) return;
            isLogged = true;
            log.Add(new LoggedCall(
                now, zone, host, feed, http.Request.Method, Blotted.Path(http.Request.Path + http.Request.QueryString.Value), status,
                call.Faults.Count > 0 ? string.Join(',', call.Faults.Select(fault => fault.Kind.Name())) : null, body.Bytes, call.Rows,
                Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3)));
        }
    }

    private Answer? Limited(MarketCall call) => limits.Refuse(call.Zone, call.Host, call.Now) is { } wait
        ? Refusals.TooMany(call.Zone, (int)Math.Ceiling(wait.TotalSeconds))
        : null;

    private static Fault? Find(MarketCall call, FaultKind kind) => call.Faults.FirstOrDefault(fault => fault.Kind == kind);

    private static Answer? Faulty(MarketCall call)
    {
        if (Find(call, FaultKind.TooManyRequests) is { } tooMany) return Refusals.TooMany(call.Zone, tooMany.Request.RetryAfter);
        if (Find(call, FaultKind.ServerError) is { } error) return WithRetry(Refusals.Page(500, "Internal Server Error"), error);
        if (Find(call, FaultKind.Html) is { } html)
            return WithRetry(call.Zone == MarketZone.CAISO ? Answer.Text("text/html", Refusals.Throttle) : Refusals.Page(200, "Scheduled maintenance"), html);
        return null;
    }

    private static Answer WithRetry(Answer answer, Fault fault) => fault.Request.RetryAfter is { } seconds
        ? answer with { Headers = [.. answer.Headers, ("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))] }
        : answer;

    /// <summary>Sends an answer; false when the connection is to be broken now.</summary>
    private static async Task<bool> SendAsync(MarketCall call, Answer answer, CountingStream body)
    {
        var response = call.Http.Response;
        var cancellationToken = call.Http.RequestAborted;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) response.Headers[name] = value;
        if (answer.LastModified is { } changed && ConditionalRequest.IsUnchanged(call.Http, changed))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentType = null;
            return true;
        }

        var breaks = Find(call, FaultKind.TruncatedBody) is not null;
        var cuts = Find(call, FaultKind.TruncatedZip) is not null && answer.ContentType == Answer.ZipType;
        if (!breaks && !cuts)
        {
            await answer.WriteAsync(body, cancellationToken);
            return true;
        }

        var whole = new MemoryStream();
        await answer.WriteAsync(whole, cancellationToken);
        await body.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length / 2), cancellationToken);
        await body.FlushAsync(cancellationToken);
        return !breaks;
    }
}
