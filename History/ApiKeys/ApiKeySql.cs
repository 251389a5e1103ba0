using System.Data.Common;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.ApiKeys;

/// <summary>What both stores need for API keys.</summary>
internal static class ApiKeySql
{
    public const string List =
        """
        select id, name, secret_hash, previous_hash, previous_until, roles, zones, created_at, created_by, expires_at, rotated_at, revoked_at, last_used_at, last_used_from
        from api_keys order by created_at desc, id
        """;

    /// <summary>Adds a key whose id is not there yet.</summary>
    public static string Add(SqlDialect dialect) =>
        $"""
        insert into api_keys (id, name, secret_hash, roles, zones, created_at, created_by, expires_at)
        values ({dialect.Parameter("id")}, {dialect.Parameter("name")}, {dialect.Parameter("hash")}, {dialect.Parameter("roles")},
            nullif({dialect.Parameter("zones")}, '*'), {dialect.Parameter("now")}, {dialect.Parameter("creator")}, nullif({dialect.Parameter("expires")}, {Never}))
        on conflict (id) do nothing
        """;

    /// <summary>Gives a key that is in force another secret.</summary>
    public static string Rotate(SqlDialect dialect) =>
        $"""
        update api_keys set previous_hash = secret_hash, previous_until = {dialect.Parameter("until")}, secret_hash = {dialect.Parameter("hash")}, rotated_at = {dialect.Parameter("now")}
        where id = {dialect.Parameter("id")} and revoked_at is null and (expires_at is null or expires_at > {dialect.Parameter("now")})
        """;

    public static string Revoke(SqlDialect dialect) =>
        $"update api_keys set revoked_at = {dialect.Parameter("now")} where id = {dialect.Parameter("id")} and revoked_at is null";

    public static string NoteUse(SqlDialect dialect) =>
        $"""
        update api_keys set last_used_at = {dialect.Parameter("now")}, last_used_from = nullif({dialect.Parameter("address")}, '')
        where id = {dialect.Parameter("id")} and (last_used_at is null or last_used_at < {dialect.Parameter("now")})
        """;

    private const string Never = "timestamptz '9999-12-31 00:00:00+00'";
    private static readonly DateTimeOffset NeverTime = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);
    private const int AddressLength = 100;

    /// <summary>A key's values. What is null travels as a value of its own, so that both stores know its type.</summary>
    /// <exception cref="HistoryRejectedException">No store could keep it.</exception>
    public static (string Name, object Value)[] Values(ApiKey key)
    {
        if (!ApiKeyText.IsId(key.Id) || key.Hash.Length != 32 || key.Roles.Count == 0 || string.IsNullOrWhiteSpace(key.Name)
            || key.Name.Length > ApiKey.NameLength || !StorableText.Is(key.Name))
        {
            throw new HistoryRejectedException($"The API key '{StorableText.Make(key.Name ?? "", ApiKey.NameLength)}' cannot be stored: it needs an id, a hash of 32 bytes, a role, and a name of at most {ApiKey.NameLength} characters.");
        }

        return
        [
            ("id", key.Id), ("name", key.Name), ("hash", Convert.ToHexStringLower(key.Hash)), ("roles", string.Join(',', key.Roles)),
            ("zones", key.Zones is null ? "*" : string.Join(',', key.Zones.Select(static zone => zone.Name()))), ("now", Moment.Cut(key.CreatedAt)),
            ("creator", StorableText.Make(key.CreatedBy, AuditRecord.TextLength)), ("expires", key.ExpiresAt is { } end ? Moment.Cut(end) : NeverTime),
        ];
    }

    public static (string Name, object Value)[] Values(ApiKeyUse use) =>
        [("id", use.Id), ("now", Moment.Cut(use.At)), ("address", StorableText.Make(use.Address ?? "", AddressLength))];

    public static ApiKey Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        Hash = Convert.FromHexString(row.GetString(2)),
        PreviousHash = row.IsDBNull(3) ? null : Convert.FromHexString(row.GetString(3)),
        PreviousUntil = Time(row, 4),
        Roles = row.GetString(5).Split(',', StringSplitOptions.RemoveEmptyEntries),
        Zones = row.IsDBNull(6) ? null : ReadZones(row.GetString(6)),
        CreatedAt = TickRow.Utc(row, 7),
        CreatedBy = row.GetString(8),
        ExpiresAt = Time(row, 9),
        RotatedAt = Time(row, 10),
        RevokedAt = Time(row, 11),
        LastUsedAt = Time(row, 12),
        LastUsedFrom = row.IsDBNull(13) ? null : row.GetString(13),
    };

    // A zone that this program does not know is left out: that makes the key see less, never more.
    private static MarketZone[] ReadZones(string text) =>
        [.. MarketZones.All.Where(zone => text.Split(',').Contains(zone.Name()))];

    private static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : TickRow.Utc(row, column);
}
