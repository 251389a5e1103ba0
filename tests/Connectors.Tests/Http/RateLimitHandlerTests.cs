using System.Collections.Concurrent;
using System.Net;
using OptiBid.Connectors.Http;

namespace OptiBid.Connectors.Tests.Http;

public sealed class RateLimitHandlerTests
{
    [Fact]
    public async Task Send_BackfillBeforeLive_TheLiveCallsGoFirst()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var limiter = MarketRateLimit.Create(callsPerMinute: 600);
        var order = new ConcurrentQueue<string>();
        using var handler = new RateLimitHandler(limiter, new MarketRest(TimeProvider.System), TimeProvider.System) { InnerHandler = new Noting(order) };
        using var client = new HttpMessageInvoker(handler);
        limiter.AttemptAcquire().Dispose();

        Task<HttpResponseMessage> Call(string name, CallPriority priority)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/" + name);
            request.Options.Set(RateLimitHandler.Priority, priority);
            return client.SendAsync(request, cancel);
        }

        await Task.WhenAll(Call("past", CallPriority.Backfill), Call("one", CallPriority.Live), Call("two", CallPriority.Live), Call("three", CallPriority.Live));

        Assert.Equal(["/one", "/two", "/three", "/past"], order);
    }

    private sealed class Noting(ConcurrentQueue<string> order) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            order.Enqueue(request.RequestUri!.AbsolutePath);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
