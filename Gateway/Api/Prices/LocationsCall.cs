using Microsoft.AspNetCore.Http.HttpResults;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary><c>GET /locations</c>: the location directory.</summary>
internal static class LocationsCall
{
    private const char CursorCall = 'd';

    private static readonly Parameter Type = Parameters.LocationType with { Name = "type" };

    private static readonly Parameter Text = new("q", ParameterKind.Text, "Text that the id or the name contains, in any case.") { Example = "hub" };

    private static readonly Parameter Limit = Parameters.Limit(100, 1_000);

    private static readonly ApiCall Call = new([Parameters.Zone, Type, Text, Limit, Parameters.Cursor])
    {
        Example = Examples.LocationPage,
        Refusals = [403, 503],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/locations", HandleAsync)
        .Describe(Call, "SearchLocations", "Location directory", "The known locations by zone and id, with search; paged.")
        .WithEntityTag();

    private static async Task<Ok<LocationPage>> HandleAsync(HttpContext context, ILocationDirectory directory, ZoneVisibility visibility)
    {
        var values = Call.Read(context);
        var visible = values.Zones(Parameters.Zone, visibility.For(context.User));
        var limit = values.Integer(Limit)!.Value;
        var filters = Fingerprints.Of(values, Call);
        var query = new LocationQuery
        {
            Zone = values.Zone(Parameters.Zone),
            Type = Enum.TryParse<LocationType>(values.Text(Type), ignoreCase: true, out var type) ? type : null,
            Contains = values.Text(Text),
            Limit = visible == ZoneSet.All || values.Has(Parameters.Zone) ? limit + 1 : null,
            After = values.Text(Parameters.Cursor) is { } cursor ? Cursor.Read(cursor, CursorCall, filters, ReadPlace) : null,
        };

        var found = await directory.SearchAsync(query, context.RequestAborted)
            .Where(location => visible.Contains(location.Id.Zone))
            .Take(limit + 1)
            .ToListAsync(context.RequestAborted);
        var last = found.Count > limit ? found[limit - 1].Id : (LocationId?)null;
        return TypedResults.Ok(new LocationPage(
            [.. found.Take(limit).Select(LocationView.Of)],
            last is { } place ? Cursor.Write(CursorCall, filters, writer => WritePlace(writer, place)) : null));
    }

    private static void WritePlace(BinaryWriter writer, LocationId id)
    {
        writer.Write((byte)id.Zone);
        writer.Write(id.Location);
    }

    private static LocationId ReadPlace(BinaryReader reader)
    {
        var id = new LocationId((MarketZone)reader.ReadByte(), reader.ReadString());
        return Enum.IsDefined(id.Zone) ? id : throw new FormatException();
    }
}
