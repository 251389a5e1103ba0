using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live;

/// <summary>Alerts as the silos tell them, for whoever on this gateway passes them on to their users.</summary>
internal sealed class LiveAlerts
{
    /// <summary>Called with what has fired; those who listen return at once.</summary>
    public event Action<IReadOnlyList<Alert>>? Fired;

    public void Publish(IReadOnlyList<Alert> alerts) => Fired?.Invoke(alerts);
}
