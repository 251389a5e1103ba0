using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Audit;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security;
using OptiBid.Gateway.Security.ApiKeys;
using OptiBid.History;
using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Api.Admin.Keys;

/// <summary><c>POST /admin/api-keys</c>: makes a key and shows it, this once.</summary>
internal static class CreateApiKeyCall
{
    private static readonly Parameter Name = new("name", ParameterKind.Text, "What people call it.") { IsRequired = true, MaxLength = ApiKey.NameLength, Example = "bid optimiser" };

    private static readonly Parameter RoleList = new("roles", ParameterKind.Text, "What it may do, one or more; each has the rights of those before it.")
    {
        IsRequired = true,
        Allowed = Roles.Reading,
        IsExact = true,
        MaxCount = Roles.Reading.Length,
        Example = "trader",
    };

    private static readonly Parameter Zones = Parameters.Zones with { Description = "The zones it sees and acts in; left out, all." };

    private static readonly Parameter Expires = new("expires_at", ParameterKind.Time, "When it ends by itself, ISO 8601 with Z or an offset; left out, never.") { Example = "2027-11-22T00:00:00Z" };

    private static readonly ApiCall Call = new([Name, RoleList, Zones, Expires], InBody: true)
    {
        BodyExample = """{"name":"bid optimiser","roles":["trader"],"zones":["PJM"],"expires_at":"2027-11-22T00:00:00Z"}""",
        Example = NewApiKeyView.Example,
        Refusals = [401, 403, 409, 413, 415, 503],
    };

    public static void Map(IEndpointRouteBuilder keys) => keys.MapPost("", HandleAsync)
        .Describe(Call, "CreateApiKey", "Make an API key",
            "Makes a key for programs, which send it as X-Api-Key. It is shown in this answer and never again: only a hash of it is stored. " +
            "It works at once on every gateway. Nobody makes a key for zones he does not have himself. Needs the role admin.")
        .WithMetadata(new AdminAction("api-keys.create", IsChange: true));

    private static async Task<Ok<NewApiKeyView>> HandleAsync(
        HttpContext context, [FromServices] IApiKeys store, ApiKeyDirectory directory, SecurityOptions security, TimeProvider clock)
    {
        var values = await Call.ReadBodyAsync(context);
        var now = clock.GetUtcNow();
        if (values.Time(Expires) <= now) throw ApiProblem.InvalidParameter(Expires.Name, values.Text(Expires), "expires_at must be in the future.");
        var zones = values.Has(Zones) ? values.Zones(Zones, ZoneSet.All) : ZoneSet.All;
        if (!KeyIssuing.Covers(context.User, zones)) throw ApiProblem.BeyondYourZones();
        if (!security.AcceptsKeys) throw ApiProblem.KeysOff();

        var text = ApiKeyText.Create();
        context.Features.Set(new AuditTarget(text.Id));
        var key = new ApiKey
        {
            Id = text.Id,
            Name = values.Text(Name)!,
            Hash = text.Hash(),
            Roles = [.. values.Texts(RoleList).Distinct()],
            Zones = values.Has(Zones) ? [.. zones.Enumerate()] : null,
            CreatedAt = now,
            CreatedBy = Actor.Of(context),
            ExpiresAt = values.Time(Expires),
        };

        // Once begun it is carried through, whether the caller waits or not, so that the record is right.
        await store.AddAsync(key);
        _ = await directory.TryLoadAsync(CancellationToken.None);
        KeyIssuing.KeepOutOfCaches(context);
        return TypedResults.Ok(new NewApiKeyView(text.Text, ApiKeyView.Of(key, now)));
    }
}
