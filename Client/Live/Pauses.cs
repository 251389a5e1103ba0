namespace OptiBid.Client.Live;

/// <summary>Pauses between attempts: a second, doubled up to half a minute, each shortened by chance so that many clients do not come at once.</summary>
internal sealed class Pauses
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = TimeSpan.FromSeconds(1);

    /// <summary>The pause now.</summary>
    /// <param name="asked">The least, where the gateway has said so.</param>
    public TimeSpan Next(TimeSpan? asked)
    {
        var pause = _next * (0.5 + Random.Shared.NextDouble() / 2);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return asked > pause ? asked.Value : pause;
    }

    /// <summary>Begins anew, after an attempt that went well.</summary>
    public void Reset() => _next = TimeSpan.FromSeconds(1);
}
