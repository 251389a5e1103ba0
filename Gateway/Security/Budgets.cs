namespace OptiBid.Gateway.Security;

/// <summary>Marks a call that costs the history, the grains' storage or the processor much: it counts in the dearer budget, not in the ordinary one.</summary>
internal sealed class ExportBudget
{
    public static readonly ExportBudget Instance = new();
}

/// <summary>Marks a call whose answer goes on for as long as the client wants: it counts among the connections of its address.</summary>
internal sealed class HeldConnection
{
    public static readonly HeldConnection Instance = new();
}

/// <summary>Says beside a route what the call is put down to.</summary>
internal static class Budgets
{
    /// <summary>Reads of history, exports, analytics; changes of alert rules, which are written for everybody who looks at prices.</summary>
    public static TBuilder CountsAsExport<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(ExportBudget.Instance);

    /// <summary>Streams and hubs.</summary>
    public static TBuilder HoldsConnection<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(HeldConnection.Instance);

    public static bool IsExport(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ExportBudget>() is not null;

    public static bool IsHeld(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<HeldConnection>() is not null;
}
