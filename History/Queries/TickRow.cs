using System.Data.Common;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Queries;

/// <summary>Reads a tick from a row of <see cref="PriceQuerySql.Columns"/>.</summary>
internal static class TickRow
{
    public static PriceTick Read(DbDataReader row) => new()
    {
        MarketZone = Zone(row.GetString(0)),
        Location = row.GetString(1),
        PriceType = Type(row.GetString(2)),
        Timestamp = Utc(row, 3),
        IntervalMinutes = row.GetInt16(4),
        Price = row.GetDouble(5),
        EnergyCost = Number(row, 6),
        CongestionCost = Number(row, 7),
        LossCost = Number(row, 8),
        Volume = Number(row, 9),
        RenewablePercentage = Number(row, 10),
        LoadForecast = Number(row, 11),
        PublishedAt = Utc(row, 12),
        Revision = row.GetInt32(13),
        Source = row.IsDBNull(14) ? null : row.GetString(14),
        Sequence = row.GetInt64(15),
    };

    /// <summary>Reads a revision: a tick, <c>ingested_at</c> and <c>superseded_at</c>.</summary>
    public static PriceRevision ReadRevision(DbDataReader row) => new(Read(row), Utc(row, 16), row.IsDBNull(17) ? null : Utc(row, 17));

    /// <exception cref="InvalidDataException">The store has a zone that this program does not know.</exception>
    public static MarketZone Zone(string name) =>
        MarketZones.TryParse(name, out var zone) ? zone : throw new InvalidDataException($"The history holds an unknown market zone '{name}'.");

    public static DateTimeOffset Utc(DbDataReader row, int column) =>
        new(DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc));

    /// <exception cref="InvalidDataException">The store has a price type that this program does not know.</exception>
    public static PriceType Type(string name) =>
        PriceTypes.TryParse(name, out var type) ? type : throw new InvalidDataException($"The history holds an unknown price type '{name}'.");

    public static double? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
