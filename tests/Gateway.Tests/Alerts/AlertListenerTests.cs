using Microsoft.Extensions.DependencyInjection;
using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Api.Alerts;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Tests.Fakes;

namespace OptiBid.Gateway.Tests.Alerts;

public sealed class AlertListenerTests
{
    [Fact]
    public async Task Tell_ToOneWhoDoesNotRead_KeepsTheNewestAndNeverWaits()
    {
        using var listener = new AlertListener("ann", ZoneSet.All, static _ => { });
        const int More = 5;

        for (var i = 0; i < AlertListener.Capacity + More; i++) listener.Tell(AlertView.Of(MemoryAlertRules.Alert($"{i}", "ann")));
        listener.Dispose();

        var ids = await listener.ReadAsync(TestContext.Current.CancellationToken).SelectMany(static alerts => alerts).Select(static alert => alert.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(More, AlertListener.Capacity).Select(static i => $"{i}"), ids);
    }

    [Fact]
    public async Task Open_ByManyAtOnce_EachHearsAndEachGoes()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var listeners = gateway.Services.GetRequiredService<AlertListeners>();
        var anonymous = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity());

        var opened = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => listeners.OpenAsync(anonymous))));
        Assert.Equal(64, listeners.Count);
        gateway.Feed.Push(MemoryAlertRules.Alert("one", "anonymous"));
        Parallel.ForEach(opened, static listener => listener!.Dispose());

        Assert.Equal(0, listeners.Count);
        foreach (var listener in opened)
            Assert.Equal("one", Assert.Single(await listener!.ReadAsync(TestContext.Current.CancellationToken).SelectMany(static alerts => alerts).ToListAsync(TestContext.Current.CancellationToken)).Id);
    }
}
