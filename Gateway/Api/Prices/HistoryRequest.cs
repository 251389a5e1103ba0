using System.Collections.Frozen;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>What a history call asks for.</summary>
internal sealed record HistoryRequest
{
    /// <summary>Which prices, from which place on; without a limit.</summary>
    public required PriceQuery Query { get; init; }

    /// <summary>The locations wanted, where the query's zones and locations may cover others too; null where they do not.</summary>
    public FrozenSet<LocationId>? Only { get; init; }

    /// <summary>How prices are gathered; null for prices as they are.</summary>
    public required Resample? Resample { get; init; }

    /// <summary>Whether every value of a price is wanted.</summary>
    public required bool WithRevisions { get; init; }

    /// <summary>Rows asked for; null when the caller did not say.</summary>
    public required int? Limit { get; init; }

    public required ResponseFormat Format { get; init; }

    /// <summary>The call's filters in words, for its cursors.</summary>
    public required string Filters { get; init; }

    /// <summary>Puts together what both calls take alike.</summary>
    public static HistoryRequest Read(RequestValues values, PriceQuery query, ResampleParameters resample, ResponseFormat format, string filters)
    {
        var (min, max) = values.Prices();
        return new HistoryRequest
        {
            Query = query with
            {
                MinPrice = min,
                MaxPrice = max,
                AsOf = values.Time(HistoryParameters.AsOf),
                Descending = values.IsDescending(),
            },
            Resample = Resample.Read(values, resample),
            WithRevisions = values.Flag(HistoryParameters.Revisions),
            Limit = values.Has(HistoryParameters.Limit) ? values.Integer(HistoryParameters.Limit) : null,
            Format = format,
            Filters = filters,
        };
    }
}
