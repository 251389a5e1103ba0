using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Security.ApiKeys;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Admin.Keys;

/// <summary><c>DELETE /admin/api-keys/{id}</c>: ends a key for good.</summary>
internal static class RevokeApiKeyCall
{
    private static readonly ApiCall Call = new([]) { Example = ApiKeyView.Example, Refusals = [401, 403, 404, 503] };

    public static void Map(IEndpointRouteBuilder keys) => keys.MapDelete("/{id}", HandleAsync)
        .Describe(Call, "RevokeApiKey", "Revoke an API key",
            "Ends both its secrets and what goes on in its name, streams, connections and alert rules too: here at once, on other gateways within seconds. It stays in the list. Does nothing to one that was revoked before. Needs the role admin.")
        .WithMetadata(KeyIssuing.Id, new AdminAction("api-keys.revoke", IsChange: true));

    private static async Task<Ok<ApiKeyView>> HandleAsync(HttpContext context, string id, [FromServices] IApiKeys store, ApiKeyDirectory directory, KeyRules rules, TimeProvider clock)
    {
        _ = Call.Read(context);
        _ = await store.FindAsync(context, id);
        var now = clock.GetUtcNow();
        _ = await store.RevokeAsync(id, now);
        _ = await directory.TryLoadAsync(CancellationToken.None);
        await rules.EndAsync(id);
        return TypedResults.Ok(ApiKeyView.Of(await store.FindAsync(context, id), now));
    }
}
