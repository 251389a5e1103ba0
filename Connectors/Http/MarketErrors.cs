using System.Text.Json;

namespace OptiBid.Connectors.Http;

/// <summary>Error objects as PJM (<c>errors</c>) and ERCOT (<c>message</c>) write them, in one line.</summary>
internal static class MarketErrors
{
    /// <summary>The error in words; null when the object reports none.</summary>
    public static string? Describe(JsonElement answer)
    {
        if (answer.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
            return string.Join("; ", errors.EnumerateArray().Take(5).Select(One));
        return Text(answer, "message");
    }

    private static string One(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object) return error.ToString();
        var field = Text(error, "field");
        var message = Text(error, "message") ?? error.ToString();
        return field is null ? message : $"{field}: {message}";
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
