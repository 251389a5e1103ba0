using System.Globalization;
using OptiBid.Gateway.Api.Problems;

namespace OptiBid.Gateway.Api.Requests;

/// <summary>Says of a value whether it keeps to its parameter.</summary>
internal static class ParameterCheck
{
    /// <exception cref="ApiProblem">It does not; names the parameter, the value and what is allowed.</exception>
    public static void Check(Parameter parameter, string value)
    {
        var fault = parameter.Kind switch
        {
            ParameterKind.Text => Text(parameter, value),
            ParameterKind.Time => IsoTime.TryParse(value, out _)
                ? null
                : "must be a time in ISO 8601 with Z or an offset, such as 2026-11-22T17:25:00Z (in a query string, write + as %2B)",
            ParameterKind.Flag => bool.TryParse(value, out _) ? null : "must be true or false",
            ParameterKind.Integer => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? Range(parameter, whole)
                : "must be a whole number" + Bounds(parameter),
            _ => double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                ? Range(parameter, number)
                : "must be a finite number" + Bounds(parameter),
        };
        if (fault is not null) throw ApiProblem.InvalidParameter(parameter.Name, value, $"{parameter.Name} {fault}.");
    }

    /// <exception cref="ApiProblem">A required parameter is missing.</exception>
    public static void CheckRequired(IEnumerable<Parameter> parameters, Func<string, bool> isGiven)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.IsRequired && !isGiven(parameter.Name))
                throw ApiProblem.InvalidParameter(parameter.Name, null, $"{parameter.Name} is required{AllowedValues(parameter)}.");
        }
    }

    private static string? Text(Parameter parameter, string value)
    {
        if (parameter.Allowed.Count > 0)
            return parameter.Allowed.Contains(value, parameter.IsExact ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase) ? null : "must be" + AllowedValues(parameter)[1..];
        if (string.IsNullOrWhiteSpace(value)) return "must not be empty";
        if (value.Length > parameter.MaxLength) return $"must have {parameter.MaxLength} characters at the most";
        return value.Any(char.IsControl) ? "must not have control characters" : null;
    }

    private static string? Range(Parameter parameter, double value) =>
        value >= parameter.Min && value <= parameter.Max ? null : "must be" + Bounds(parameter);

    private static string Bounds(Parameter parameter) => (double.IsFinite(parameter.Min), double.IsFinite(parameter.Max)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {parameter.Min} to {parameter.Max}"),
        _ => "",
    };

    private static string AllowedValues(Parameter parameter) =>
        parameter.Allowed.Count == 0 ? "" : ": one of " + string.Join(", ", parameter.Allowed);
}
