using Microsoft.Extensions.Caching.StackExchangeRedis;
using StackExchange.Redis;

namespace OptiBid.Gateway.Caching;

/// <summary>Where Redis is, as StackExchange.Redis writes it: <c>host:port,host:port,password=...,ssl=true</c>.</summary>
internal static class RedisAddress
{
    private const int ConnectMilliseconds = 2_000;

    /// <summary>True for one that can be read.</summary>
    public static bool IsSound(string address)
    {
        try
        {
            return !address.Contains("://", StringComparison.Ordinal) && ConfigurationOptions.Parse(address).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static RedisCacheOptions Options(string address, string prefix)
    {
        var options = ConfigurationOptions.Parse(address);

        // A server that is away now may be there later, and what cannot be sent at once is not worth sending.
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, ConnectMilliseconds);
        options.ClientName ??= "optibid-gateway";
        return new RedisCacheOptions { ConfigurationOptions = options, InstanceName = prefix + ":answers:" };
    }
}
