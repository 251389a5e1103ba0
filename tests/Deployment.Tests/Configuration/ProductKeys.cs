using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using OptiBid.Connectors.Configuration;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Deployment.Tests.Configuration;

/// <summary>
/// Every configuration key the product reads. Options classes, public and with a constant <c>Section</c>, speak for
/// themselves; a key that is read by its name alone needs a line in <see cref="ReadByName"/>.
/// </summary>
internal static class ProductKeys
{
    /// <summary>The products' assemblies: those that the two programs are made of.</summary>
    private static readonly Assembly[] Product =
    [
        .. new[] { "Silo", "Gateway", "Grains", "Connectors", "History", "Streams.Kafka" }.Select(name => Assembly.Load($"OptiBid.{name}")),
    ];

    private static readonly (string Section, Type Options)[] Sections =
    [
        .. from type in Product.SelectMany(assembly => assembly.GetExportedTypes())
           where type.GetField("Section") is { IsLiteral: true }
           let section = (string)type.GetField("Section")!.GetRawConstantValue()!
           from path in type == typeof(ZoneConnectorOptions) ? MarketZones.All.Select(zone => $"{section}:{zone.Name()}") : [section]
           select (path, type),
    ];

    /// <summary>Keys that no options class has: connection strings, the host's own, and OpenTelemetry's.</summary>
    private static readonly string[] ReadByName =
    [
        "ConnectionStrings:History",
        "Data:Directory",
        "Urls",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "ASPNETCORE_HTTP_PORTS",
    ];

    private static readonly Dictionary<string, Type?> Known = All().ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the product reads the key, written as in the environment (<c>__</c>) or as in a file (<c>:</c>).</summary>
    public static bool Contains(string key) => Find(key) is not null;

    /// <summary>Binds a value as the product would.</summary>
    /// <returns>What is wrong with the value; null when nothing is.</returns>
    public static string? FaultOf(string key, string value)
    {
        if (Find(key) is not { } type || type == typeof(string)) return null;
        try
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("value", value)]).Build();
            return configuration.GetValue(type, "value") is null && value.Length > 0 ? $"{key}: '{value}' is no {type.Name}" : null;
        }
        catch (InvalidOperationException error)
        {
            return $"{key}: {error.Message}";
        }
    }

    private static Type? Find(string key)
    {
        var path = key.Replace("__", ":", StringComparison.Ordinal);
        if (Known.TryGetValue(path, out var type)) return type ?? typeof(string);

        // An entry of a list or a dictionary: its key is the collection's, an index or a name behind it.
        var end = path.LastIndexOf(':');
        return end > 0 && Known.ContainsKey($"{path[..end]}:*") ? typeof(string) : null;
    }

    private static IEnumerable<KeyValuePair<string, Type?>> All() =>
        Sections.SelectMany(section => KeysOf(section.Section, section.Options))
            .Concat(ReadByName.Select(key => new KeyValuePair<string, Type?>(key, typeof(string))));

    private static IEnumerable<KeyValuePair<string, Type?>> KeysOf(string section, Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{section}:{property.Name}";
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type)) yield return new($"{key}:*", null);
            else if (type.Assembly == options.Assembly && !type.IsEnum)
            {
                foreach (var inner in KeysOf(key, type)) yield return inner;
            }
            else
            {
                yield return new(key, type);
            }
        }
    }
}
