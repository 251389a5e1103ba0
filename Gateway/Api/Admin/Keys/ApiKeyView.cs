using System.Text.Json.Serialization;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Admin.Keys;

/// <summary>An API key without its secret.</summary>
/// <param name="Id">Its public id, as it stands in the key and, behind <c>key:</c>, in the audit log.</param>
/// <param name="Name">What people call it.</param>
/// <param name="State"><c>ACTIVE</c>, <c>EXPIRED</c> or <c>REVOKED</c>.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Zones">The zones it sees; null for all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="ExpiresAt">When it ends by itself; null: never.</param>
/// <param name="RotatedAt">When it got its secret anew; null: never.</param>
/// <param name="PreviousUntil">Until when the secret before works too; null when none does.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="LastUsedAt">When it was used last, to a minute or so.</param>
/// <param name="LastUsedFrom">From which address that was.</param>
internal sealed record ApiKeyView(
    string Id, string Name, string State, IReadOnlyList<string> Roles, IReadOnlyList<string>? Zones, DateTime CreatedAt, string CreatedBy, DateTime? ExpiresAt,
    DateTime? RotatedAt, DateTime? PreviousUntil, DateTime? RevokedAt, DateTime? LastUsedAt, string? LastUsedFrom)
{
    public const string Example = """
        {"id":"4b1f0c9d2e6a7788","name":"bid optimiser","state":"ACTIVE","roles":["trader"],"zones":["PJM"],"created_at":"2026-11-22T17:25:00Z","created_by":"ann@example.com",
         "expires_at":"2027-11-22T00:00:00Z","rotated_at":null,"previous_until":null,"revoked_at":null,"last_used_at":"2026-11-23T08:00:12Z","last_used_from":"10.0.0.7"}
        """;

    public static ApiKeyView Of(ApiKey key, DateTimeOffset now) => new(
        key.Id, key.Name,
        key.RevokedAt is not null ? "REVOKED" : key.ExpiresAt <= now ? "EXPIRED" : "ACTIVE",
        key.Roles, key.Zones is null ? null : [.. key.Zones.Select(static zone => zone.Name())],
        ApiTime.Of(key.CreatedAt), key.CreatedBy, ApiTime.Of(key.ExpiresAt), ApiTime.Of(key.RotatedAt),
        key.PreviousUntil > now ? ApiTime.Of(key.PreviousUntil) : null, ApiTime.Of(key.RevokedAt), ApiTime.Of(key.LastUsedAt), key.LastUsedFrom);
}

/// <summary>A page of keys, the newest first.</summary>
/// <param name="Items">The keys.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
internal sealed record ApiKeyPage(
    IReadOnlyList<ApiKeyView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);

/// <summary>A key with its new secret, which is shown this once.</summary>
/// <param name="Key">The whole key, for the header <c>X-Api-Key</c>.</param>
/// <param name="ApiKey">What is known of it.</param>
internal sealed record NewApiKeyView(string Key, ApiKeyView ApiKey)
{
    public const string Example = $$"""{"key":"optibid_4b1f0c9d2e6a7788_<64 hexadecimal digits>","api_key":{{ApiKeyView.Example}}}""";
}
