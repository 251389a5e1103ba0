using System.Net;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>
/// Finds the files of a range of market time: the newest days' one by one, older ones in their month's archive. NYISO rewrites
/// files in place, as a day goes on and when it corrects prices; what has not changed since it was published is not sent again.
/// For one caller at a time.
/// </summary>
internal sealed class NyisoArchive(string feed, NyisoFile file, MarketContext market)
{
    /// <summary>Daily files stay for about eleven days.</summary>
    private const int DaysKept = 7;

    /// <summary>The last rows of a day may be written after midnight, when the next day's file is not there yet.</summary>
    private static readonly TimeSpan Backward = TimeSpan.FromHours(1);

    private readonly string _root = market.Options.BaseUrl ?? NyisoFile.PublicUrl;
    private readonly ReadVersions _versions = new();
    private readonly List<DateOnly> _missing = [];
    private MarketFeedException? _problem;
    private bool _isAnyFound;

    /// <summary>What the last reading did not find although its day is over, in words; null when nothing.</summary>
    public string? Missing => _missing.Count == 0 ? null
        : $"{feed}: NYISO has no file of {_missing[0]:yyyy-MM-dd}" + (_missing.Count > 1 ? $" and {_missing.Count - 1} more days up to {_missing[^1]:yyyy-MM-dd}" : "");

    /// <summary>The files of a range, oldest first but for the days of one archive. A day counts as published when the next is asked for.</summary>
    /// <param name="range">Market time; an open one ends with today.</param>
    /// <param name="daysAhead">Days after today that an open range takes in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MarketFeedException">A file cannot be had, or there is none at all.</exception>
    public async IAsyncEnumerable<NyisoDay> ReadAsync(FeedRange range, int daysAhead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _missing.Clear();
        _problem = null;
        _isAnyFound = false;
        var (today, from) = (Local(market.Clock.GetUtcNow()), Local(range.From));
        var last = range.To is { } to ? Local(to.AddTicks(-1)) : Later(today.AddDays(daysAhead), from);
        var oldest = today.AddDays(-DaysKept);
        var first = range.To is null && from >= oldest ? Local(range.From - Backward) : from;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (day < oldest)
            {
                var end = Earlier(Earlier(last, oldest.AddDays(-1)), NyisoFile.Month(day).AddMonths(1).AddDays(-1));
                await foreach (var member in MonthAsync(day, end, cancellationToken)) yield return member;
                day = end;
                continue;
            }

            var address = file.Daily(_root, day);
            if (await TryGetAsync(address, isConditional: range.To is null, cancellationToken) is not { } answer)
            {
                // Of today and the days ahead there may be no file yet; the day before the range was only worth a look.
                if (day >= today || day < from) continue;
                await foreach (var member in MonthAsync(day, day, cancellationToken)) yield return member;
            }
            else if (!answer.IsUnchanged)
            {
                foreach (var one in Open(answer.Body, day, day, isInOrder: true))
                {
                    yield return one;
                    // The caller asks for more once what it had is published; only then has this version been read.
                    if (range.To is null && !one.IsUnfinished) _versions.Note(address, answer);
                }
            }
        }

        if (!_isAnyFound && _problem is not null && (range.To is null || from < today)) throw _problem;
    }

    /// <summary>A file that is no day's; null when there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> TryGetAsync(string path, CancellationToken cancellationToken) =>
        (await TryGetAsync(MarketAddress.Build(_root, path), isConditional: false, cancellationToken))?.Body;

    /// <summary>Days of one month from its archive.</summary>
    private async IAsyncEnumerable<NyisoDay> MonthAsync(DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var given = new HashSet<DateOnly>();
        if (await TryGetAsync(file.Monthly(_root, first), isConditional: false, cancellationToken) is { } answer)
        {
            foreach (var one in Open(answer.Body, first, last, isInOrder: false))
            {
                given.Add(one.Day);
                yield return one;
            }
        }

        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (!given.Contains(day)) _missing.Add(day);
        }
    }

    /// <summary>What a body is, is told from its bytes: a CSV, or a zip of one for each day.</summary>
    private IEnumerable<NyisoDay> Open(ReadOnlyMemory<byte> body, DateOnly first, DateOnly last, bool isInOrder)
    {
        if (!Payload.IsZip(body.Span))
        {
            Payload.RefuseMarkup(feed, body.Span);
            yield return new NyisoDay(first, new MemoryStream(body.ToArray(), writable: false), isInOrder);
            yield break;
        }

        var names = new List<string>();
        var isUnderstood = false;
        foreach (var (name, content) in ZipPayload.Members(feed, body, market.Client.UnpackedLimit))
        {
            names.Add(name);
            if (!name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) continue;
            isUnderstood = true;
            var day = NyisoFile.DayOf(name) ?? first;
            if (day < first || day > last) continue;
            Payload.RefuseMarkup(feed, content.Peek(200));
            yield return new NyisoDay(day, content, isInOrder: false);
        }

        if (!isUnderstood) throw ZipPayload.Useless(feed, names);
    }

    private async Task<MarketResponse?> TryGetAsync(Uri address, bool isConditional, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await market.Client.GetAsync(feed, address, isConditional ? _versions.Ask : null, cancellationToken);
            _isAnyFound = true;
            return answer;
        }
        catch (MarketFeedException error) when (error.Status == HttpStatusCode.NotFound)
        {
            _versions.Forget(address);
            _problem = error;
            return null;
        }
    }

    private static DateOnly Local(DateTimeOffset instant) => DateOnly.FromDateTime(WallClock.FromUtc(instant, MarketClocks.Eastern).Local);

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one <= other ? one : other;

    private static DateOnly Later(DateOnly one, DateOnly other) => one >= other ? one : other;
}
