using System.Globalization;
using System.Text;

namespace OptiBid.Client.Requests;

/// <summary>A query string in the making; what is null is left out.</summary>
internal sealed class QueryText
{
    private readonly List<(string Name, string Value)> _pairs = [];

    public QueryText Add(string name, string? value)
    {
        if (value is not null) _pairs.Add((name, value));
        return this;
    }

    public QueryText Add(string name, IEnumerable<string> values)
    {
        foreach (var value in values) _pairs.Add((name, value));
        return this;
    }

    public QueryText Add(string name, double? value) => Add(name, value?.ToString("R", CultureInfo.InvariantCulture));

    public QueryText Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public QueryText Add(string name, DateTimeOffset? value) => Add(name, value?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture));

    /// <summary>The same with another value of a name, or without it.</summary>
    public QueryText With(string name, string? value)
    {
        var other = new QueryText();
        other._pairs.AddRange(_pairs.Where(pair => pair.Name != name));
        return other.Add(name, value);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _pairs) text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }
}
