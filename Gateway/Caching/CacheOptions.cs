using Microsoft.Extensions.Options;

namespace OptiBid.Gateway.Caching;

/// <summary>Section <c>Cache</c>: answers of the history that are kept.</summary>
public sealed class CacheOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cache";

    /// <summary>Whether answers are kept at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A Redis server that all gateways share, as StackExchange.Redis writes it (<c>host:6379,password=...</c>); none when left out.</summary>
    public string? Redis { get; set; }

    /// <summary>What the keys in Redis begin with; gateways over one history have the same, those over another have another.</summary>
    public string Prefix { get; set; } = "optibid";

    /// <summary>Longest that an answer about days gone by is kept, if nothing is written that touches it.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The same for an answer that reaches into the last 48 hours or the future.</summary>
    public TimeSpan RecentLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest answer that is kept, bytes of JSON.</summary>
    public int MaxAnswerBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>What all answers kept in this process may take, bytes.</summary>
    public long MemoryBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>How far the clocks of two gateways may be apart, for the answers that they share.</summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(2);

    internal sealed class Validator : IValidateOptions<CacheOptions>
    {
        private const int LongestPrefix = 64;

        public ValidateOptionsResult Validate(string? name, CacheOptions options)
        {
            if (options.MaxAnswerBytes is < 1_024 or > 64 * 1024 * 1024)
                return ValidateOptionsResult.Fail($"{Section}:{nameof(MaxAnswerBytes)}: {options.MaxAnswerBytes} is not between 1024 and 67108864.");
            if (options.MemoryBytes < options.MaxAnswerBytes || options.MemoryBytes > 1L << 40)
                return ValidateOptionsResult.Fail($"{Section}:{nameof(MemoryBytes)}: {options.MemoryBytes} is not between {nameof(MaxAnswerBytes)} ({options.MaxAnswerBytes}) and {1L << 40}.");
            if (options.Prefix.Length is 0 or > LongestPrefix || options.Prefix.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.' or ':')))
                return ValidateOptionsResult.Fail($"{Section}:{nameof(Prefix)}: '{options.Prefix}' is not 1 to {LongestPrefix} letters, digits, '-', '_', '.' and ':'.");
            if (options.Redis is { Length: > 0 } address && !RedisAddress.IsSound(address))
                return ValidateOptionsResult.Fail($"{Section}:{nameof(Redis)} is not an address such as 'redis:6379' or 'redis:6380,password=...,ssl=true' (it is not shown, for it may hold a password).");
            return Between(nameof(Lifetime), options.Lifetime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))
                ?? Between(nameof(RecentLifetime), options.RecentLifetime, TimeSpan.FromSeconds(1), options.Lifetime)
                ?? Between(nameof(ClockTolerance), options.ClockTolerance, TimeSpan.Zero, TimeSpan.FromMinutes(5))
                ?? ValidateOptionsResult.Success;
        }

        private static ValidateOptionsResult? Between(string key, TimeSpan value, TimeSpan least, TimeSpan most) => value >= least && value <= most
            ? null
            : ValidateOptionsResult.Fail($"{Section}:{key}: {value} is not between {least} and {most}.");
    }
}
