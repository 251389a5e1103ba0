namespace OptiBid.Simulator.Serve.Answers;

/// <summary>What a cell of a table holds.</summary>
internal enum CellKind
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Text that stands in quotation marks in CSV, too.</summary>
    Quoted,

    /// <summary>A number, as it is written.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A time, written as the format does.</summary>
    Time,
}
