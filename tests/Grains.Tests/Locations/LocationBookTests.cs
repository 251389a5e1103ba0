using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;

namespace OptiBid.Grains.Tests.Locations;

public sealed class LocationBookTests
{
    private readonly LocationBook _book = new();

    private (TickKind Kind, int Revision, PriceUpdate? Newest) Apply(PriceTick tick)
    {
        PriceTick[] ticks = [tick];
        var kinds = new TickKind[1];
        var moved = _book.Apply(ticks, kinds);
        return (kinds[0], ticks[0].Revision, moved == 0 ? null : _book.NewestAt((int)tick.PriceType - 1));
    }

    [Fact]
    public void Apply_LaterInterval_IsTheNewestPrice()
    {
        Apply(Prices.Tick(0, 30));
        var (kind, revision, newest) = Apply(Prices.Tick(1, -12.5));

        Assert.Equal((TickKind.New, 1), (kind, revision));
        Assert.Equal((-12.5, -42.5), (newest!.Value.Tick.Price, newest.Value.Change));
    }

    [Fact]
    public void Apply_ChangeWithNoiseInItsBinaryFraction_IsShownWithoutIt()
    {
        Apply(Prices.Tick(0, 25.62));
        Assert.Equal(0.02, Apply(Prices.Tick(1, 25.64)).Newest!.Value.Change);
    }

    [Fact]
    public void Apply_EqualValueAgain_IsADuplicate()
    {
        Apply(Prices.Tick(0, 30));
        var (kind, revision, newest) = Apply(Prices.Tick(0, 30, published: 500));

        Assert.Equal((TickKind.Duplicate, 1), (kind, revision));
        Assert.Null(newest);
    }

    [Fact]
    public void Apply_SamePriceWithOtherComponents_IsARevision()
    {
        Apply(Prices.Tick(0, 30) with { EnergyCost = 30, CongestionCost = 0, LossCost = 0 });
        var (kind, revision, _) = Apply(Prices.Tick(0, 30, published: 1) with { EnergyCost = 28, CongestionCost = 2, LossCost = 0 });

        Assert.Equal((TickKind.Revised, 2), (kind, revision));
    }

    [Fact]
    public void Apply_RevisionsOutOfOrder_EndWithTheLastPublished()
    {
        Apply(Prices.Tick(0, 28.348916, published: 1));
        Assert.Equal((TickKind.Revised, 2), Kind(Apply(Prices.Tick(0, 40.164347, published: 2))));
        Assert.Equal(TickKind.Superseded, Apply(Prices.Tick(0, 28.348916, published: 1)).Kind);
        Assert.Equal(40.164347, Assert.Single(_book.Newest()).Tick.Price);
        Assert.Equal(2, Assert.Single(_book.Newest()).Tick.Revision);

        static (TickKind, int) Kind((TickKind Kind, int Revision, PriceUpdate?) outcome) => (outcome.Kind, outcome.Revision);
    }

    [Fact]
    public void Apply_ValueRepeated_IsNewerThanWhatWasPublishedInBetween()
    {
        Apply(Prices.Tick(0, 30, published: 1));
        Apply(Prices.Tick(0, 30, published: 3));
        Assert.Equal(TickKind.Superseded, Apply(Prices.Tick(0, 31, published: 2)).Kind);
        Assert.Equal(TickKind.Revised, Apply(Prices.Tick(0, 31, published: 4)).Kind);
    }

    [Fact]
    public void Apply_PublishedAtTheSameInstant_LaterRecordWins()
    {
        Apply(Prices.Tick(0, 30, sequence: 7));
        Assert.Equal(TickKind.Superseded, Apply(Prices.Tick(0, 31, sequence: 6)).Kind);
        Assert.Equal(TickKind.Revised, Apply(Prices.Tick(0, 31, sequence: 8)).Kind);
    }

    [Fact]
    public void Apply_LateTick_DoesNotMoveTheNewestPriceBack()
    {
        Apply(Prices.Tick(5, 50));
        var (kind, _, newest) = Apply(Prices.Tick(2, 20));

        Assert.Equal(TickKind.Late, kind);
        Assert.Null(newest);
        Assert.Equal(50, Assert.Single(_book.Newest()).Tick.Price);
    }

    [Fact]
    public void Apply_PriceTypes_AreKeptApart()
    {
        Apply(Prices.Tick(0, 30));
        Apply(Prices.Tick(3, 44, type: PriceType.DayAheadHourly));

        Assert.Equal([30, 44], _book.Newest().Select(update => update.Tick.Price));
    }

    [Fact]
    public void Write_ThenRead_GoesOnAsIfNothingHadHappened()
    {
        var random = new Random(5);
        for (var i = 0; i < 700; i++) Apply(Prices.Tick(i, random.Next(-50, 200)));
        for (var i = 0; i < 24; i++) Apply(Prices.Tick(i, random.Next(0, 100), type: PriceType.DayAheadHourly));

        var copy = new LocationBook();
        Assert.True(LocationBookFormat.TryRead(LocationBookFormat.Write(_book), _book.Newest(), copy));
        Assert.Equal(_book.Newest(), copy.Newest());

        PriceTick[] next = [Prices.Tick(700, 12), Prices.Tick(699, 13, published: 9)];
        copy.Apply(next.ToArray(), new TickKind[2]);
        _book.Apply(next.ToArray(), new TickKind[2]);
        Assert.Equal(_book.Newest(), copy.Newest());
    }

    [Fact]
    public void TryRead_BytesOfAnotherVersionOrCutShort_AreRefusedAndLeaveTheBookEmpty()
    {
        Apply(Prices.Tick(0, 30));
        Apply(Prices.Tick(0, 30, type: PriceType.DayAheadHourly));
        var bytes = LocationBookFormat.Write(_book);
        var copy = new LocationBook();

        for (var length = 0; length < bytes.Length; length++) Assert.False(LocationBookFormat.TryRead(bytes.AsSpan(0, length), _book.Newest(), copy));
        Assert.False(LocationBookFormat.TryRead(bytes, _book.Newest().AsSpan(0, 1), copy));
        // Version 1 told components apart by a hash that each process had its own of.
        bytes[0] = 1;
        Assert.False(LocationBookFormat.TryRead(bytes, _book.Newest(), copy));
        Assert.True(copy.IsEmpty);
    }

    [Fact]
    public void Absorb_PastReadAfterThePresent_IsAsIfItHadBeenThereFirst()
    {
        var whole = new LocationBook();
        var past = new LocationBook();
        for (var i = 0; i < 50; i++)
        {
            PriceTick[] tick = [Prices.Tick(i, i * i % 17)];
            whole.Apply(tick.ToArray(), new TickKind[1]);
            (i < 40 ? past : _book).Apply(tick, new TickKind[1]);
        }

        Assert.Equal(0, past.Absorb(_book));

        Assert.Equal(whole.Newest(), past.Newest());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Absorb_PastHasALaterPublicationOfTheNewestInterval_KeepsItAboveWhatWasTold(int revision)
    {
        var past = Past(Prices.Tick(0, 31, published: 2) with { Revision = revision });
        var told = Apply(Prices.Tick(0, 30, published: 1)).Newest!.Value;

        Assert.Equal(1, past.Absorb(_book));

        var newest = Assert.Single(past.Newest());
        Assert.Equal((31.0, 2), (newest.Tick.Price, newest.Tick.Revision));
        Assert.True(newest.Supersedes(told));
        Assert.Equal(TickKind.Revised, RevisedTo(past, Prices.Tick(0, 32, published: 3), revision: 3));
    }

    [Fact]
    public void Absorb_NewestIsARevisionOfThePast_IsNumberedAsOne()
    {
        var past = Past(Prices.Tick(0, 30, published: 1));
        var told = Apply(Prices.Tick(0, 31, published: 2)).Newest!.Value;

        Assert.Equal(1, past.Absorb(_book));

        var newest = Assert.Single(past.Newest());
        Assert.Equal((31.0, 2), (newest.Tick.Price, newest.Tick.Revision));
        Assert.True(newest.Supersedes(told));
    }

    [Fact]
    public void Absorb_NewestRevisesAnEarlierIntervalOfThePast_DoesNotMoveTheNewestBack()
    {
        var past = Past(Prices.Tick(0, 30, published: 1), Prices.Tick(1, 40));
        Apply(Prices.Tick(0, 31, published: 2));

        Assert.Equal(1, past.Absorb(_book));

        Assert.Equal((40.0, 9.0), (Assert.Single(past.Newest()).Tick.Price, past.Newest()[0].Change));
    }

    [Fact]
    public void Absorb_EqualValueUnderALowerRevision_IsNumberedAsItWasTold()
    {
        Apply(Prices.Tick(0, 30, published: 1));
        Apply(Prices.Tick(0, 31, published: 2));
        var past = Past(Prices.Tick(0, 31, published: 2));

        Assert.Equal(0, past.Absorb(_book));
        Assert.Equal(2, Assert.Single(past.Newest()).Tick.Revision);
        Assert.Equal(TickKind.Revised, RevisedTo(past, Prices.Tick(0, 32, published: 3), revision: 3));
    }

    private static LocationBook Past(params PriceTick[] ticks)
    {
        var past = new LocationBook();
        past.Apply(ticks, new TickKind[ticks.Length]);
        return past;
    }

    private static TickKind RevisedTo(LocationBook book, PriceTick tick, int revision)
    {
        var (ticks, kinds) = (new[] { tick }, new TickKind[1]);
        book.Apply(ticks, kinds);
        Assert.Equal(revision, ticks[0].Revision);
        return kinds[0];
    }
}
