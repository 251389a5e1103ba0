namespace OptiBid.Connectors.Nyiso;

/// <summary>The file of one day, while it is read.</summary>
/// <param name="day">The day; of an archive's member whose name does not say, the first that was asked for.</param>
/// <param name="content">CSV, good until the next day is asked for.</param>
/// <param name="isInOrder">Whether every day before it has been given: members of an archive come in any order.</param>
internal sealed class NyisoDay(DateOnly day, Stream content, bool isInOrder)
{
    public DateOnly Day => day;

    public Stream Content => content;

    public bool IsInOrder => isInOrder;

    /// <summary>To be set when something of the file was left for later, so that it is sent again though it may not have changed.</summary>
    public bool IsUnfinished { get; set; }
}
