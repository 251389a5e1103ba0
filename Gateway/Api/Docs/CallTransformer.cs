using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Api.Docs;

/// <summary>Writes into the OpenAPI document what <see cref="ApiCall"/> says beside each route.</summary>
internal sealed class CallTransformer : IOpenApiOperationTransformer
{
    private const string Problem = "application/problem+json";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ApiCall>().FirstOrDefault() is not { } call) return;

        operation.Parameters = [.. metadata.OfType<PathParameter>().Select(ParameterSchema.Path)];
        if (call.InBody) operation.RequestBody = Body(call);
        else foreach (var parameter in call.Parameters) operation.Parameters.Add(ParameterSchema.Query(parameter));

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse answer) continue;
            answer.Content ??= new Dictionary<string, OpenApiMediaType>();
            if (status is ['2', ..]) await DescribeSuccessAsync(answer, call, context, cancellationToken);
            else if (answer.Content.TryGetValue(Problem, out var problem)) problem.Example = JsonNode.Parse(Examples.Problem);
        }
    }

    private static async Task DescribeSuccessAsync(
        OpenApiResponse answer, ApiCall call, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (call.Example is { } example && answer.Content!.TryGetValue(ResponseFormats.Json, out var json))
        {
            if (call.OtherAnswers.Count == 0) json.Example = JsonNode.Parse(example);
            else await DescribeAnswersAsync(json, example, call.OtherAnswers, context, cancellationToken);
        }

        foreach (var (format, text) in call.OtherFormats)
        {
            answer.Content![format] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = text is null ? "binary" : null },
                Example = text is null ? null : JsonValue.Create(text),
            };
        }
    }

    private static async Task DescribeAnswersAsync(
        OpenApiMediaType json, string example, IReadOnlyList<OtherAnswer> others, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var shapes = new List<IOpenApiSchema> { json.Schema! };
        json.Examples = new Dictionary<string, IOpenApiExample> { ["prices"] = new OpenApiExample { Value = JsonNode.Parse(example) } };
        foreach (var other in others)
        {
            shapes.Add(await context.GetOrCreateSchemaAsync(other.Type, parameterDescription: null, cancellationToken));
            json.Examples[other.Name] = new OpenApiExample { Summary = "With " + other.Name, Value = JsonNode.Parse(other.Example) };
        }

        json.Schema = new OpenApiSchema { OneOf = shapes };
    }

    private static OpenApiRequestBody Body(ApiCall call) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ResponseFormats.Json] = new()
            {
                Schema = ParameterSchema.Body(call),
                Example = call.BodyExample is { } example ? JsonNode.Parse(example) : null,
            },
        },
    };
}
