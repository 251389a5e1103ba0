using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Zones;

namespace OptiBid.Benchmarks.Quality;

/// <summary>What looking for what is amiss adds to a location's turn, and counting to a router's batch; without Kafka, actors and history.</summary>
internal static class TurnBenchmark
{
    private const int Rounds = 15;
    private const int Intervals = 24;

    public static Command Command()
    {
        var locations = new Option<int>("--locations") { Description = "Locations, each with a full day of prices.", DefaultValueFactory = _ => 4_000 };
        var command = new Command("quality", "A location's turn alone, beside one whose price is looked at and counted.") { locations };
        command.SetAction(parse => Run(parse.GetValue(locations)));
        return command;
    }

    private static void Run(int locations)
    {
        double[] plain = new double[Rounds], looked = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            // In turn, and each first as often, so that neither has the machine to itself.
            if (round % 2 == 0) plain[round] = Measure(locations, isLooked: false);
            looked[round] = Measure(locations, isLooked: true);
            if (round % 2 == 1) plain[round] = Measure(locations, isLooked: false);
        }

        Array.Sort(plain);
        Array.Sort(looked);
        var (floor, whole) = (plain[Rounds / 2], looked[Rounds / 2]);
        Console.WriteLine($"turn alone            {floor,8:0} ns a tick (median of {Rounds})");
        Console.WriteLine($"looked at and counted {whole,8:0} ns a tick, {whole / floor:0.000} of it");
    }

    /// <summary>Mean time of a tick, ns.</summary>
    private static double Measure(int locations, bool isLooked)
    {
        var options = Options.Create(new QualityOptions());
        var tallies = new ZoneTallies(options, TimeProvider.System);
        var findings = new LocationFindings(options, new QualityOutbox(tallies));
        var random = new Random(1);
        DateTimeOffset now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        var books = new LocationBook[locations];
        var open = new List<QualityEvent>?[locations];
        var kinds = new TickKind[locations];
        for (var i = 0; i < locations; i++)
        {
            books[i] = new LocationBook();
            PriceTick[] day = [.. Enumerable.Range(0, 288).Select(interval => Tick(i, interval))];
            _ = books[i].Apply(day, new TickKind[day.Length]);
        }

        var batches = Enumerable.Range(288, Intervals).Select(interval => Enumerable.Range(0, locations).Select(i => Tick(i, interval)).ToArray()).ToArray();
        var newest = new List<PriceUpdate>(locations);
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
        {
            newest.Clear();
            for (var i = 0; i < locations; i++)
            {
                var moved = books[i].Apply(batch.AsSpan(i, 1), kinds.AsSpan(i, 1));
                newest.Add(books[i].NewestAt(0));
                if (isLooked) findings.Look(books[i], moved, ref open[i], now);
            }

            if (isLooked) tallies.Add(batch, kinds, newest);
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / (locations * Intervals);

        // Mean-reverting noise with now and then a leap, as markets have it.
        PriceTick Tick(int location, int interval) => new()
        {
            Timestamp = now.AddDays(-1).AddMinutes(5 * interval),
            MarketZone = MarketZone.PJM,
            PriceType = PriceType.RealTime5Min,
            Location = $"L{location}",
            IntervalMinutes = 5,
            Price = Math.Round(30 + 8 * random.NextDouble() + (random.Next(500) == 0 ? 400 : 0), 2),
            EnergyCost = 30,
            PublishedAt = now.AddDays(-1).AddMinutes(5 * interval),
            Source = "pjm:rt_unverified_fivemin_lmps",
        };
    }
}
