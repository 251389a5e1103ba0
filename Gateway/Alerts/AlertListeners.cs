using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OptiBid.Gateway.Api.Alerts;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Alerts;

/// <summary>Passes what has fired to the connections of the users whose it is, those that may hear of its zone.</summary>
internal sealed class AlertListeners(IServiceScopeFactory scopes, ZoneVisibility visibility)
{
    private readonly ConcurrentDictionary<string, AlertListener[]> _byUser = new();

    /// <summary>Connections that listen now.</summary>
    public int Count => _byUser.Values.Sum(static listeners => listeners.Length);

    /// <summary>Listens for a caller until it is disposed of; null for one who may keep no rules.</summary>
    public async Task<AlertListener?> OpenAsync(ClaimsPrincipal? caller)
    {
        if (caller is null || AlertUser.OfOrDefault(caller) is not { } user) return null;
        await using var scope = scopes.CreateAsyncScope();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        if (!(await authorization.AuthorizeAsync(caller, null, SecurityExtensions.Traders)).Succeeded) return null;

        var listener = new AlertListener(user, visibility.For(caller), Remove);
        _byUser.AddOrUpdate(user, static (_, added) => [added], static (_, known, added) => [.. known, added], listener);
        return listener;
    }

    /// <summary>Passes on what the silos say has fired; never waits.</summary>
    public void Tell(IReadOnlyList<Alert> alerts)
    {
        foreach (var alert in alerts)
        {
            if (!_byUser.TryGetValue(alert.User, out var listeners)) continue;
            AlertView? view = null;
            foreach (var listener in listeners)
            {
                if (listener.Hears(alert.Zone)) listener.Tell(view ??= AlertView.Of(alert));
            }
        }
    }

    private void Remove(AlertListener listener)
    {
        while (_byUser.TryGetValue(listener.User, out var known))
        {
            AlertListener[] left = [.. known.Where(other => other != listener)];
            if (left.Length == 0 ? _byUser.TryRemove(KeyValuePair.Create(listener.User, known)) : _byUser.TryUpdate(listener.User, left, known)) return;
        }
    }
}
