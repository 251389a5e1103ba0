using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>One zone's rules of all users, for the silos to look at prices with; its key is the zone's name.</summary>
[Alias("optibid.IAlertBoardGrain")]
internal interface IAlertBoardGrain : IGrainWithStringKey
{
    /// <summary>Puts a user's rules in place of those that were there.</summary>
    /// <param name="user">Whose they are.</param>
    /// <param name="version">Of two the higher stays.</param>
    /// <param name="rules">All of the user's rules of this zone.</param>
    [Alias("Put")]
    Task PutAsync(string user, long version, AlertRule[] rules);

    /// <summary>The rules, when they are not those of the version given; else null.</summary>
    [Alias("Get")]
    Task<PostedRules?> GetAsync(long version);
}
