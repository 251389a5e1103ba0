using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Security.ApiKeys;
using OptiBid.History;
using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Api.Admin.Keys;

/// <summary><c>POST /admin/api-keys/{id}/rotate</c>: a new secret, beside which the old one goes on for a while.</summary>
internal static class RotateApiKeyCall
{
    private static readonly Parameter Overlap = new("overlap_hours", ParameterKind.Number, "How long the secret it has works beside the new one, hours; 0 ends it at once.")
    {
        Min = 0,
        Max = 30 * 24,
        Default = 24,
    };

    private static readonly ApiCall Call = new([Overlap]) { Example = NewApiKeyView.Example, Refusals = [401, 403, 404, 503] };

    public static void Map(IEndpointRouteBuilder keys) => keys.MapPost("/{id}/rotate", HandleAsync)
        .Describe(Call, "RotateApiKey", "Give an API key a new secret",
            "The new key is shown in this answer and never again. The one before works on for overlap_hours; one that was still on its way out from an earlier rotation ends now. " +
            "Id, roles, zones and expiry stay. Needs the role admin.")
        .WithMetadata(KeyIssuing.Id, new AdminAction("api-keys.rotate", IsChange: true));

    private static async Task<Ok<NewApiKeyView>> HandleAsync(HttpContext context, string id, [FromServices] IApiKeys store, ApiKeyDirectory directory, TimeProvider clock)
    {
        var overlap = TimeSpan.FromHours(Call.Read(context).Number(Overlap)!.Value);
        _ = await store.FindAsync(context, id);
        var text = ApiKeyText.CreateFor(id);
        var now = clock.GetUtcNow();
        if (!await store.RotateAsync(id, text.Hash(), now, now + overlap)) throw ApiProblem.UnknownKey(id);

        _ = await directory.TryLoadAsync(CancellationToken.None);
        KeyIssuing.KeepOutOfCaches(context);
        return TypedResults.Ok(new NewApiKeyView(text.Text, ApiKeyView.Of(await store.FindAsync(context, id), now)));
    }
}
