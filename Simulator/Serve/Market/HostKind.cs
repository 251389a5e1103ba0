namespace OptiBid.Simulator.Serve.Market;

/// <summary>The kinds of hosts a market answers on.</summary>
internal static class HostKind
{
    /// <summary>An interface that is asked with parameters.</summary>
    public const string Api = "api";

    /// <summary>Files that lie there for everybody.</summary>
    public const string Files = "files";
}
