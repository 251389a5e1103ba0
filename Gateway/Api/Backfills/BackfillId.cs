using System.Diagnostics.CodeAnalysis;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Backfills;

/// <summary>A backfill's id: the market whose connector runs it, and the connector's own id, <c>PJM-5b0f6d1c…</c>.</summary>
internal sealed record BackfillId(MarketZone Zone, string Request)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out BackfillId? id)
    {
        var dash = text.IndexOf('-');
        id = dash > 0 && MarketZones.TryParse(text[..dash], out var zone) ? new(zone, text[(dash + 1)..]) : null;
        return id is not null;
    }

    public override string ToString() => $"{Zone.Name()}-{Request}";
}
