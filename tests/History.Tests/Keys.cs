namespace OptiBid.History.Tests;

/// <summary>API keys, made at the noon of <see cref="Ticks"/>.</summary>
internal static class Keys
{
    public static ApiKey Of(string id, int minute = 0) => new()
    {
        Id = id,
        Name = "desk é 🙂",
        Hash = HashOf(1),
        Roles = ["viewer", "trader"],
        CreatedAt = Ticks.Noon.AddMinutes(minute),
        CreatedBy = "ann@example.com",
    };

    public static byte[] HashOf(byte number) => [.. Enumerable.Repeat(number, 32)];
}
