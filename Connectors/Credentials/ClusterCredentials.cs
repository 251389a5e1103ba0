using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Credentials;

/// <summary>The silos of the cluster, by Orleans' control commands. A silo that is not reached looks by itself within a minute.</summary>
internal sealed partial class ClusterCredentials(IGrainFactory grains, TimeProvider clock, ILogger<ClusterCredentials> logger) : ICredentialUsers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task RefreshAsync(CancellationToken cancellationToken) => SendAsync(StoredCredentials.Command.Refresh, "", cancellationToken);

    public async Task<CredentialParts?> ConfiguredAsync(MarketZone zone, CancellationToken cancellationToken) =>
        (await SendAsync(StoredCredentials.Command.Configured, zone.Name(), cancellationToken))
            ?.Aggregate(CredentialParts.None, static (parts, answer) => parts | (CredentialParts)(int)answer!);

    /// <summary>Every silo's answer; null when one gave none.</summary>
    private async Task<object?[]?> SendAsync(StoredCredentials.Command command, string argument, CancellationToken cancellationToken)
    {
        try
        {
            return await grains.GetGrain<IManagementGrain>(0)
                .SendControlCommandToProvider<StoredCredentials>(StoredCredentials.ControlName, (int)command, argument, cancellationToken)
                .WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the credentials are stored, and the silos will find them.
            NotReached(command, error.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A silo could not be reached about market credentials ({Command}); it looks by itself every minute. {Reason}")]
    private partial void NotReached(StoredCredentials.Command command, string reason);
}
