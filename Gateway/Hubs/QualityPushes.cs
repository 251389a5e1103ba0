using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using OptiBid.Gateway.Api.Zones;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Hubs;

/// <summary>Pushes findings about the data to the connections of those who may know of them, zone by zone.</summary>
internal sealed partial class QualityPushes(IHubContext<PricesHub> hub, IServiceScopeFactory scopes, ZoneVisibility visibility, ILogger<QualityPushes> log)
{
    /// <summary>Name of the method that a client is called by with findings.</summary>
    public const string Method = "quality";

    /// <summary>Has a connection hear of the zones that its caller may see, where he is an operator.</summary>
    public async Task JoinAsync(HubCallerContext connection)
    {
        await using var scope = scopes.CreateAsyncScope();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        if (connection.User is not { } caller || !(await authorization.AuthorizeAsync(caller, null, SecurityExtensions.Operators)).Succeeded) return;

        foreach (var zone in visibility.For(caller).Enumerate()) await hub.Groups.AddToGroupAsync(connection.ConnectionId, GroupOf(zone));
    }

    /// <summary>Pushes findings; nothing waits for it.</summary>
    public void Push(QualityEvent[] findings)
    {
        foreach (var zone in findings.GroupBy(finding => finding.Zone)) _ = PushAsync(zone.Key, [.. zone.Select(QualityEventView.Of)]);
    }

    private async Task PushAsync(MarketZone zone, QualityEventView[] findings)
    {
        try
        {
            await hub.Clients.Group(GroupOf(zone)).SendAsync(Method, findings);
        }
        catch (Exception error)
        {
            // Nobody awaits a push, so this is where an error is seen.
            LogBroken(error);
        }
    }

    private static string GroupOf(MarketZone zone) => "quality:" + zone.Name();

    [LoggerMessage(LogLevel.Warning, "Findings about the data could not be pushed.")]
    private partial void LogBroken(Exception error);
}
