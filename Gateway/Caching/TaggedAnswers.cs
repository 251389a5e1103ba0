using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace OptiBid.Gateway.Caching;

/// <summary>Gives the answers of a call entity tags, so that a caller who has the same already is told only that.</summary>
internal sealed class TaggedAnswers(IOptions<JsonOptions> json) : IEndpointFilter
{
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (answer is not IValueHttpResult { Value: { } value } || answer is not IStatusCodeHttpResult { StatusCode: null or StatusCodes.Status200OK }) return answer;

        var body = JsonSerializer.SerializeToUtf8Bytes(value, _json.GetTypeInfo(value.GetType()));
        return new AnswerResult(body, EntityTag.Of(body));
    }
}
