using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Api.Docs;

/// <summary>Writes into the OpenAPI document what <see cref="ApiCall"/> says beside each route.</summary>
internal sealed class CallTransformer : IOpenApiOperationTransformer
{
    private const string Problem = "application/problem+json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ApiCall>().FirstOrDefault() is not { } call) return Task.CompletedTask;

        operation.Parameters = [.. metadata.OfType<PathParameter>().Select(ParameterSchema.Path)];
        if (call.InBody) operation.RequestBody = Body(call);
        else foreach (var parameter in call.Parameters) operation.Parameters.Add(ParameterSchema.Query(parameter));

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse answer) continue;
            answer.Content ??= new Dictionary<string, OpenApiMediaType>();
            if (status == "200") DescribeSuccess(answer, call);
            else if (answer.Content.TryGetValue(Problem, out var problem)) problem.Example = JsonNode.Parse(Examples.Problem);
        }

        return Task.CompletedTask;
    }

    private static void DescribeSuccess(OpenApiResponse answer, ApiCall call)
    {
        if (call.Example is { } example && answer.Content!.TryGetValue(ResponseFormats.Json, out var json)) json.Example = JsonNode.Parse(example);
        foreach (var (format, text) in call.OtherFormats)
        {
            answer.Content![format] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = JsonValue.Create(text),
            };
        }
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
