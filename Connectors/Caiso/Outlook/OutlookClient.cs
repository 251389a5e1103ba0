using System.Globalization;
using System.Net;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;

namespace OptiBid.Connectors.Caiso.Outlook;

/// <summary>
/// Gets the files behind Today's Outlook: <c>{OutlookBaseUrl}/outlook/current/{file}.csv</c> for today,
/// <c>{OutlookBaseUrl}/outlook/history/YYYYMMDD/{file}.csv</c> for the days before. What has been published unchanged is not sent
/// again. For one caller at a time.
/// </summary>
internal sealed class OutlookClient(MarketContext market)
{
    /// <summary>The public address of the files.</summary>
    public const string PublicUrl = "https://www.caiso.com";

    /// <summary>First day of the files; before it there was the daily report of renewables.</summary>
    public static readonly DateOnly First = new(2018, 4, 10);

    private readonly string _root = market.Options.OutlookBaseUrl ?? market.Options.BaseUrl ?? PublicUrl;
    private readonly ReadVersions _versions = new();

    /// <summary>Gets a day's file; null where there is none or it is unchanged.</summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="file">Its name, such as <c>fuelsource</c>.</param>
    /// <param name="day">The trade date.</param>
    /// <param name="isWhole">Whether it is wanted even when it is unchanged.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OutlookFile?> GetAsync(string feed, string file, DateOnly day, bool isWhole, CancellationToken cancellationToken)
    {
        var today = PacificDay.Of(market.Clock.GetUtcNow());
        var address = Address(file, day, today);
        try
        {
            var answer = await market.Client.GetAsync(feed, address, isWhole ? null : _versions.Ask, cancellationToken);
            return answer.IsUnchanged ? null : new(address, answer, day == today);
        }
        catch (MarketFeedException error) when (error.Status == HttpStatusCode.NotFound && day < today)
        {
            // A day that was never written down: its neighbours are there all the same.
            return null;
        }
    }

    /// <summary>Notes that a file has been published.</summary>
    public void Note(OutlookFile file) => _versions.Note(file.Address, file.Answer);

    private Uri Address(string file, DateOnly day, DateOnly today)
    {
        var date = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return MarketAddress.Build(
            _root,
            day < First && file == OutlookFile.FuelMix ? $"green/renewrpt/{date}_DailyRenewablesWatch.txt"
            : day >= today ? $"outlook/current/{file}.csv"
            : $"outlook/history/{date}/{file}.csv");
    }
}
