using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Options;

namespace OptiBid.Gateway.Caching;

/// <summary>
/// Where answers are kept: in this process, and in the shared level where there is one. Its services are its own, since the
/// bound on its memory would be one for everybody's memory cache.
/// </summary>
internal sealed class AnswerStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AnswerStore(IOptions<CacheOptions> options, TimeProvider clock, ILoggerFactory logs)
    {
        var most = options.Value.MaxAnswerBytes + KeptAnswerFormat.HeaderBytes;
        var services = new ServiceCollection().AddSingleton(clock).AddSingleton(logs);
        services.AddMemoryCache(memory => memory.SizeLimit = options.Value.MemoryBytes);
        if (options.Value.Redis is { Length: > 0 } address)
        {
            services.AddSingleton<IDistributedCache>(_ =>
                new SharedLevel(new RedisCache(RedisAddress.Options(address, options.Value.Prefix)), clock, logs.CreateLogger<SharedLevel>()));
        }

        services.AddHybridCache(cache =>
        {
            cache.MaximumPayloadBytes = most;
            cache.DisableCompression = true;
        }).AddSerializer<KeptAnswer, KeptAnswerFormat>();
        _services = services.BuildServiceProvider();
        Cache = _services.GetRequiredService<HybridCache>();
    }

    public HybridCache Cache { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
