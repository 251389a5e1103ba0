namespace OptiBid.Gateway.Api.Problems;

/// <summary>A refusal, in the words of RFC 9457. Its type is a contract; its detail is for people.</summary>
internal sealed class ApiProblem : Exception
{
    private const int LongestValue = 100;

    private ApiProblem(int status, string type, string title, string detail, string? field = null, string? value = null)
        : base(detail) => (Status, Type, Title, Field, Value) = (status, "urn:optibid:problem:" + type, title, field, value is null ? null : Readable(value));

    public int Status { get; }

    public string Type { get; }

    public string Title { get; }

    /// <summary>The parameter or JSON field at fault.</summary>
    public string? Field { get; }

    /// <summary>What stood there.</summary>
    public string? Value { get; }

    /// <summary>Numbers the refusal speaks of, by name.</summary>
    public IReadOnlyDictionary<string, long> Numbers { get; private init; } = new Dictionary<string, long>();

    /// <summary>When to try again, seconds.</summary>
    public int? RetryAfter { get; private init; }

    public static ApiProblem InvalidParameter(string field, string? value, string detail) =>
        new(400, "invalid-parameter", "A parameter is not valid.", detail, field, value);

    public static ApiProblem UnknownParameter(string field, IEnumerable<string> known) =>
        new(400, "unknown-parameter", "A parameter is not known.", $"'{Readable(field)}' is not a parameter of this call. There are: {string.Join(", ", known)}.", Readable(field));

    public static ApiProblem InvalidBody(string detail) => new(400, "invalid-body", "The body cannot be read.", detail);

    public static ApiProblem InvalidCursor(string value, string detail) =>
        new(400, "invalid-cursor", "The cursor is not valid.", detail, "cursor", value);

    public static ApiProblem AmbiguousLocation(string value, IEnumerable<string> candidates) =>
        new(400, "ambiguous-location", "Several locations bear this name.", $"'{Readable(value)}' may be any of: {string.Join(", ", candidates)}. Use the market's id.", "location", value);

    public static ApiProblem ZoneNotPublic(string zone) =>
        new(403, "zone-not-public", "This zone is not public.", $"{zone} is shown only to callers who are signed in, with a key that is made out for it or for all zones.", "zone", zone);

    public static ApiProblem NoZones() =>
        new(403, "zone-not-public", "No zone is public.", "There is no zone that this caller may see.");

    public static ApiProblem BeyondYourZones() =>
        new(403, "beyond-your-zones", "This reaches beyond your zones.", "Your key is made out for some zones, and this is about others too.");

    public static ApiProblem SignInRequired(string detail) => new(401, "sign-in-required", "Sign in first.", detail);

    public static ApiProblem ExportNotAllowed() =>
        new(403, "export-not-allowed", "This role may not export.", "NDJSON, CSV and Parquet are for the role trader and those above it; pages of JSON are for all.", "Accept");

    public static ApiProblem UnknownKey(string id) =>
        new(404, "unknown-api-key", "There is no such API key.", $"There is no API key '{Readable(id)}' in force.", "id", id);

    public static ApiProblem KeysOff() =>
        new(409, "api-keys-off", "API keys are not accepted here.", "This gateway accepts no API keys (Security:ApiKeys), so it makes none.");

    public static ApiProblem KeysUnavailable() =>
        new(503, "api-keys-unavailable", "API keys cannot be checked.", "The gateway has not been able to read its API keys yet. Try again.") { RetryAfter = 5 };

    public static ApiProblem OriginNotAllowed(string origin) =>
        new(403, "origin-not-allowed", "Pages of this origin may not connect.", "Only the gateway's own pages may connect, and those of the origins that its operator has named (Cors:Origins).", "Origin", origin);

    public static ApiProblem UnknownLocation(string zone, string location) =>
        new(404, "unknown-location", "There is no such location.", $"{zone} has no location '{Readable(location)}'. Search with /api/v1/locations.", "location", location);

    public static ApiProblem NoHub(string zone, string location) =>
        new(422, "no-hub", "The location has no hub.", $"The directory names no hub of {zone} that '{Readable(location)}' has a basis to, or it is one itself.", "location", location);

    public static ApiProblem BackfillRefused(string detail) =>
        new(409, "backfill-refused", "The backfill cannot be had.", detail + ".");

    public static ApiProblem UnknownBackfill(string id) =>
        new(404, "unknown-backfill", "There is no such backfill.", $"There is no backfill '{Readable(id)}', or it ended too long ago.", "id", id);

    public static ApiProblem UnknownAlertRule(string id) =>
        new(404, "unknown-alert-rule", "There is no such alert rule.", $"You have no alert rule '{Readable(id)}'.", "id", id);

    public static ApiProblem AlertRuleRefused(string detail) =>
        new(409, "alert-rule-refused", "The alert rule cannot be kept.", detail);

    public static ApiProblem NoSubject() =>
        new(403, "no-subject", "Your token names nobody.", "Alert rules belong to somebody, and your token does not say who you are (sub).");

    public static ApiProblem NotAcceptable(string? value, IEnumerable<string> offered) =>
        new(406, "not-acceptable", "None of the accepted formats can be given.", $"This call answers with {string.Join(", ", offered)}.", "Accept", value);

    public static ApiProblem BodyTooLarge(int limit) =>
        new(413, "body-too-large", "The body is too large.", $"A body may have {limit} bytes at the most.");

    public static ApiProblem UnsupportedMediaType(string? value) =>
        new(415, "unsupported-media-type", "The body's format is not known.", "Send application/json.", "Content-Type", value);

    /// <param name="prices">Prices the query may have to read.</param>
    /// <param name="most">Prices one query may read.</param>
    public static ApiProblem TooManyPrices(long prices, long most) =>
        new(422, "too-many-prices", "The query reads too many prices.",
            $"The query may have to read {prices} prices; one query may read {most}. Ask for a shorter time, fewer locations or fewer price types.")
        {
            Numbers = new Dictionary<string, long> { ["prices"] = prices, ["most"] = most },
        };

    /// <param name="budget">What one caller may do, in words.</param>
    /// <param name="retryAfter">When to try again, seconds.</param>
    public static ApiProblem TooManyRequests(string budget, int retryAfter) =>
        new(429, "too-many-requests", "Too many calls.", $"One caller may make {budget}. Wait as long as Retry-After says.") { RetryAfter = retryAfter };

    /// <param name="limit">What there may be at once, in words.</param>
    /// <param name="retryAfter">When to try again, seconds.</param>
    public static ApiProblem TooManyAtOnce(string limit, int retryAfter) =>
        new(429, "too-many-at-once", "Too many at once.", $"There may be {limit} at once. End one, or wait until one has ended.") { RetryAfter = retryAfter };

    /// <param name="most">Buckets of one answer.</param>
    public static ApiProblem TooManyBuckets(long most) =>
        new(422, "too-many-buckets", "The answer would have too many buckets.", $"An answer has {most} buckets at the most. Ask for longer buckets, a shorter time or fewer locations.")
        {
            Numbers = new Dictionary<string, long> { ["most"] = most },
        };

    public static ApiProblem HistoryUnavailable() =>
        new(503, "history-unavailable", "The price history does not answer.", "The price history cannot be read at the moment; live prices go on. Try again.") { RetryAfter = 5 };

    public static ApiProblem ClusterUnavailable() =>
        new(503, "cluster-unavailable", "The cluster does not answer.", "What holds this cannot be asked at the moment; /api/v1/prices/live has the newest prices. Try again.") { RetryAfter = 2 };

    public static ApiProblem InvalidCredentials(string? field, string detail) =>
        new(400, "invalid-credentials", "These credentials cannot be used.", detail, field);

    public static ApiProblem CredentialsChanged(string zone) =>
        new(409, "credentials-changed", "Somebody else was faster.", $"The credentials of {zone} were changed or removed at the same moment; nothing of yours was stored. Look, and try again.");

    /// <param name="detail">What to configure: administrators read it, nobody else.</param>
    public static ApiProblem KeyRingUnavailable(string detail) =>
        new(503, "key-ring-unavailable", "Credentials cannot be encrypted, so they are not stored.", detail);

    /// <summary>Caller's text, cut and freed of control characters, to be shown back.</summary>
    private static string Readable(string value)
    {
        var cut = value.Length <= LongestValue ? value : string.Concat(value.AsSpan(0, LongestValue), "...");
        return string.Create(cut.Length, cut, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
        });
    }
}
