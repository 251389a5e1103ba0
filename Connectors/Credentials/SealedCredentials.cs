using System.Text.Json;
using System.Text.Json.Serialization;
using OptiBid.Connectors.Configuration;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Credentials;

/// <summary>What the store keeps of a zone's credentials: who set which parts and when, readable; their values, encrypted.</summary>
/// <param name="SetBy">Who.</param>
/// <param name="SetAt">When, UTC.</param>
/// <param name="Parts">The parts that are set.</param>
/// <param name="Secret">The encrypted parts.</param>
internal sealed record SealedCredentials(string SetBy, DateTimeOffset SetAt, CredentialParts Parts, byte[] Secret)
{
    /// <summary>What the names of all stored credentials begin with.</summary>
    public const string Prefix = "credentials/";

    /// <summary>Name that a zone's credentials are stored by.</summary>
    public static string NameOf(MarketZone zone) => Prefix + zone.Name();

    /// <summary>The zone a stored value is for; null for one that this version knows no zone for.</summary>
    public static MarketZone? ZoneOf(string name) =>
        MarketZones.TryParse(name[Prefix.Length..], out var zone) && NameOf(zone) == name ? zone : null;

    /// <summary>The bytes to store.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, CredentialJson.Default.SealedCredentials);

    /// <exception cref="JsonException">The bytes are something else.</exception>
    public static SealedCredentials Read(byte[] payload) =>
        JsonSerializer.Deserialize(payload, CredentialJson.Default.SealedCredentials) ?? throw new JsonException("null");

    /// <summary>The parts as they are before they are encrypted.</summary>
    public static byte[] Plain(MarketCredentials credentials) => JsonSerializer.SerializeToUtf8Bytes(credentials, CredentialJson.Default.MarketCredentials);

    /// <exception cref="JsonException">The bytes are something else.</exception>
    public static MarketCredentials FromPlain(byte[] plain) =>
        JsonSerializer.Deserialize(plain, CredentialJson.Default.MarketCredentials) ?? throw new JsonException("null");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SealedCredentials))]
[JsonSerializable(typeof(MarketCredentials))]
internal sealed partial class CredentialJson : JsonSerializerContext;
