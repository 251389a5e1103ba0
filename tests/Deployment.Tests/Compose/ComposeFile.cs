using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace OptiBid.Deployment.Tests.Compose;

/// <summary>docker-compose.yml, as far as ours goes; a field not named here is an error.</summary>
internal sealed partial class ComposeFile
{
    public const string Path = "docker-compose.yml";

    public string Name { get; set; } = "";
    public Dictionary<string, ComposeService> Services { get; set; } = [];
    public Dictionary<string, object?> Volumes { get; set; } = [];
    [YamlMember(Alias = "x-optibid", ApplyNamingConventions = false)] public object? CommonService { get; set; }
    [YamlMember(Alias = "x-settings", ApplyNamingConventions = false)] public object? CommonSettings { get; set; }

    public static ComposeFile Load()
    {
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithDuplicateKeyChecking().Build();
        return reader.Deserialize<ComposeFile>(new MergingParser(new Parser(new StringReader(RepositoryFiles.Read(Path)))));
    }

    /// <summary>The value as it is with an empty environment; null where compose would then refuse to start.</summary>
    public static string? Interpolate(string value) =>
        value.Contains(":?", StringComparison.Ordinal) ? null : Variable().Replace(value, match => match.Groups["default"].Value);

    [GeneratedRegex(@"\$\{[A-Z_]+(:-(?<default>[^}]*))?\}")]
    private static partial Regex Variable();
}
