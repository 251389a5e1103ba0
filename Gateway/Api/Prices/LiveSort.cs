using OptiBid.Gateway.Live;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>An order of the live list: by a value or by location, up or down; prices without the value come last.</summary>
internal sealed class LiveSort
{
    private static readonly Dictionary<string, Func<LivePrice, double?>?> Values = new()
    {
        ["location"] = null,
        ["price"] = static price => price.Update.Tick.Price,
        ["timestamp"] = static price => price.Update.Tick.Timestamp.ToUnixTimeSeconds(),
        ["change"] = static price => price.Update.Change,
        ["volatility_1h"] = static price => price.Update.Volatility1h,
        ["volatility_24h"] = static price => price.Update.Volatility24h,
        ["volatility_ewma"] = static price => price.Update.VolatilityEwma,
    };

    private readonly Func<LivePrice, double?>? _value;
    private readonly bool _descending;

    /// <param name="name">One of <see cref="Names"/>, in any case.</param>
    public LiveSort(string name)
    {
        _descending = name.StartsWith('-');
        _value = Values[name.TrimStart('-').ToLowerInvariant()];
    }

    /// <summary>The orders there are; a minus sign turns one round.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Values.Keys.SelectMany(static name => new[] { name, "-" + name })];

    /// <summary>True for the order of the table itself.</summary>
    public bool IsByLocation => _value is null && !_descending;

    public LiveKey KeyOf(LivePrice price) => new(_value?.Invoke(price), price.Place.Id, price.Type);

    public int Compare(LiveKey left, LiveKey right)
    {
        var order = (left.Value, right.Value) switch
        {
            ({ } a, { } b) => _descending ? b.CompareTo(a) : a.CompareTo(b),
            (null, null) => 0,
            (null, _) => 1,
            _ => -1,
        };
        if (order != 0) return order;

        order = LiveLocation.Compare(left.Id, right.Id);
        if (order == 0) order = left.Type.CompareTo(right.Type);
        return _value is null && _descending ? -order : order;
    }
}
