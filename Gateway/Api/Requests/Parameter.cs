using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Requests;

/// <summary>What kind of value a parameter takes.</summary>
internal enum ParameterKind
{
    Text,
    Number,
    Integer,
    Time,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>In a JSON body, an object of <see cref="Parameter.Fields"/>.</summary>
    Object,
}

/// <summary>
/// A parameter of a call, in the query string or the JSON body. One description serves the reader, which
/// refuses what does not keep to it, and the OpenAPI document.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Description">What it is for, in the words of the documentation.</param>
internal sealed record Parameter(string Name, ParameterKind Kind, string Description)
{
    public bool IsRequired { get; init; }

    /// <summary>May be given several times (query) or as an array (JSON), this often.</summary>
    public int MaxCount { get; init; } = 1;

    public bool IsRepeatable => MaxCount > 1;

    /// <summary>Fields of an object, each with its whole name: <c>resample.every</c>.</summary>
    public IReadOnlyList<Parameter> Fields { get; init; } = [];

    /// <summary>The parameter itself, or the fields of an object: what values there are of.</summary>
    public IReadOnlyList<Parameter> Leaves => Kind == ParameterKind.Object ? Fields : [this];

    /// <summary>The name within its object.</summary>
    public string FieldName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>Allowed values, in any case; none for no limit.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Whether an allowed value must be written as it is.</summary>
    public bool IsExact { get; init; }

    public double Min { get; init; } = double.NegativeInfinity;

    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Most characters of a text.</summary>
    public int MaxLength { get; init; } = LocationId.MaxLength;

    /// <summary>A text that is never shown back, and that its taker checks.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What stands in when it is left out.</summary>
    public double? Default { get; init; }

    public string? Example { get; init; }
}
