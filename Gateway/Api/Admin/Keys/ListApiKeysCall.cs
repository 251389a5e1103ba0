using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Requests;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Admin.Keys;

/// <summary><c>GET /admin/api-keys</c>: which keys there are and when they were used last.</summary>
internal static class ListApiKeysCall
{
    private const char Name = 'k';

    private static readonly Parameter Limit = Parameters.Limit(100, 1_000);

    private static readonly ApiCall Call = new([Limit, Parameters.Cursor]) { Example = $$"""{"items":[{{ApiKeyView.Example}}]}""", Refusals = [401, 403, 503] };

    public static void Map(IEndpointRouteBuilder keys) => keys.MapGet("", HandleAsync)
        .Describe(Call, "ListApiKeys", "API keys",
            "The API keys, the newest first, revoked ones too, with their last use. Secrets are never shown. A caller whose own key is made out for some zones sees keys for these. Needs the role admin.")
        .WithMetadata(new AdminAction("api-keys.list", IsChange: false));

    private static async Task<Ok<ApiKeyPage>> HandleAsync(HttpContext context, [FromServices] IApiKeys store, TimeProvider clock)
    {
        var values = Call.Read(context);
        var limit = values.Integer(Limit)!.Value;
        var filters = Fingerprints.Of(values, Call);
        (long Ticks, string Id)? after = values.Text(Parameters.Cursor) is { } cursor ? Cursor.Read(cursor, Name, filters, static reader => (reader.ReadInt64(), reader.ReadString())) : null;
        var found = (await store.ListAsync(context.RequestAborted))
            .Where(key => KeyIssuing.Covers(context.User, key))
            .Where(key => after is not { } place || key.CreatedAt.UtcTicks < place.Ticks || key.CreatedAt.UtcTicks == place.Ticks && string.CompareOrdinal(key.Id, place.Id) > 0)
            .Take(limit + 1).ToArray();
        var next = found.Length > limit ? Cursor.Write(Name, filters, writer => Write(writer, found[limit - 1])) : null;
        return TypedResults.Ok(new ApiKeyPage([.. found.Take(limit).Select(key => ApiKeyView.Of(key, clock.GetUtcNow()))], next));
    }

    private static void Write(BinaryWriter writer, ApiKey last)
    {
        writer.Write(last.CreatedAt.UtcTicks);
        writer.Write(last.Id);
    }
}
