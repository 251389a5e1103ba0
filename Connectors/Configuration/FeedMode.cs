namespace OptiBid.Connectors.Configuration;

/// <summary>Where a zone's prices come from.</summary>
public enum FeedMode
{
    /// <summary>Nowhere: no connector runs.</summary>
    Off,

    /// <summary>A simulated market inside the process.</summary>
    Simulator,

    /// <summary>The market's own public interface.</summary>
    Live,
}
