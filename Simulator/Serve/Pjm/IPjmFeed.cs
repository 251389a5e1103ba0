namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>A feed of Data Miner 2.</summary>
internal interface IPjmFeed
{
    /// <summary>Its name in the address.</summary>
    string Name { get; }

    /// <summary>Its columns.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Selects rows.</summary>
    /// <exception cref="PjmError">The query is refused.</exception>
    PjmSelection Select(PjmQuery query, DateTimeOffset now);
}
