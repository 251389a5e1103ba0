using Microsoft.AspNetCore.SignalR;

namespace OptiBid.Gateway.Security.ApiKeys;

/// <summary>Ends a hub's connection with the key it was made with.</summary>
internal sealed class KeyEndFilter : IHubFilter
{
    private static readonly object Key = new();

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (KeyIdentity.SecretOf(context.Context.User) is { } secret) context.Context.Items[Key] = secret.Ended.Register(context.Context.Abort);
        return next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (context.Context.Items.Remove(Key, out var end)) await ((CancellationTokenRegistration)end!).DisposeAsync();
        await next(context, exception);
    }
}
