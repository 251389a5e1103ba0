using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Alerts;

/// <summary>The users' alert rules.</summary>
internal interface IAlertRules
{
    /// <summary>One user's, whether he has any or not.</summary>
    /// <param name="user">As <see cref="AlertUser"/> names him.</param>
    IAlertRulesGrain Of(string user);
}

/// <summary>Those that are grains.</summary>
internal sealed class GrainAlertRules(IGrainFactory grains) : IAlertRules
{
    public IAlertRulesGrain Of(string user) => grains.GetGrain<IAlertRulesGrain>(user);
}
