namespace OptiBid.Gateway.Live;

/// <summary>
/// The last prices that got into the table, in order, in a ring that all connections share. One writer, any number
/// of readers, no lock between them: a reader sees by the position whether the writer has come round.
/// </summary>
internal sealed class PriceJournal(int capacity)
{
    private readonly LivePrice?[] _ring = new LivePrice?[capacity];
    private long _head;

    /// <summary>Position of the last price written; 0 when there is none.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Writes the next price; its position must follow on <see cref="Head"/>.</summary>
    public void Append(LivePrice price)
    {
        Volatile.Write(ref _ring[price.Position % _ring.Length], price);
        Volatile.Write(ref _head, price.Position);
    }

    /// <summary>The price at a position; null when it has been overwritten.</summary>
    public LivePrice? Read(long position) =>
        Volatile.Read(ref _ring[position % _ring.Length]) is { } price && price.Position == position ? price : null;
}
