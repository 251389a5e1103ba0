using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OptiBid.Gateway.Api.Requests;

namespace OptiBid.Gateway.Api.Docs;

/// <summary>A parameter in the words of OpenAPI.</summary>
internal static class ParameterSchema
{
    public static OpenApiParameter Query(Parameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Required = parameter.IsRequired,
        Description = parameter.Description,
        Schema = Of(parameter),
        Explode = parameter.IsRepeatable,
        Example = parameter.IsRepeatable ? null : Example(parameter),
    };

    public static OpenApiParameter Path(PathParameter path) => new()
    {
        Name = path.Name,
        In = ParameterLocation.Path,
        Required = true,
        Description = path.Parameter.Description,
        Schema = Of(path.Parameter),
        Example = Example(path.Parameter),
    };

    public static OpenApiSchema Body(ApiCall call) => Object(call.Parameters);

    private static OpenApiSchema Object(IReadOnlyList<Parameter> fields) => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalPropertiesAllowed = false,
        Required = fields.Where(static field => field.IsRequired).Select(static field => field.FieldName).ToHashSet(),
        Properties = fields.ToDictionary(static field => field.FieldName, static field => (IOpenApiSchema)Of(field)),
    };

    private static OpenApiSchema Of(Parameter parameter)
    {
        if (parameter.Kind == ParameterKind.Object) return Described(Object(parameter.Fields), parameter.Description);

        var item = new OpenApiSchema
        {
            Type = parameter.Kind switch
            {
                ParameterKind.Number => JsonSchemaType.Number,
                ParameterKind.Integer => JsonSchemaType.Integer,
                ParameterKind.Flag => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = parameter.IsSecret ? "password" : parameter.Kind == ParameterKind.Time ? "date-time" : null,
            WriteOnly = parameter.IsSecret,
            Enum = [.. parameter.Allowed.Select(static value => (JsonNode)JsonValue.Create(value)!)],
            Minimum = Bound(parameter.Min),
            Maximum = Bound(parameter.Max),
            Default = parameter.Default is { } standard ? JsonValue.Create(standard) : null,
        };
        return parameter.IsRepeatable
            ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = item, MaxItems = parameter.MaxCount, Description = parameter.Description }
            : Described(item, parameter.Description);
    }

    private static OpenApiSchema Described(OpenApiSchema schema, string description)
    {
        schema.Description = description;
        return schema;
    }

    private static string? Bound(double value) => double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture) : null;

    private static JsonNode? Example(Parameter parameter) => (parameter.Example, parameter.Kind) switch
    {
        (null, _) => null,
        (var text, ParameterKind.Flag) => JsonValue.Create(bool.Parse(text)),
        (var text, ParameterKind.Number or ParameterKind.Integer) => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
        (var text, _) => JsonValue.Create(text),
    };
}
