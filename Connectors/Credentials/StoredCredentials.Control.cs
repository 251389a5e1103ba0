using OptiBid.Grains.Interfaces;
using Orleans.Providers;

namespace OptiBid.Connectors.Credentials;

/// <remarks>Gateways reach every silo at once by Orleans' control commands (see <see cref="ClusterCredentials"/>).</remarks>
internal sealed partial class StoredCredentials : IControllable
{
    /// <summary>Name that commands are sent to.</summary>
    public const string ControlName = "market-credentials";

    /// <summary>What a gateway may want of a silo; a contract between versions of both.</summary>
    internal enum Command
    {
        /// <summary>Read the stored credentials again.</summary>
        Refresh = 1,

        /// <summary>Say which parts of the credentials of a zone, given by its name, the configuration has.</summary>
        Configured = 2,
    }

    async Task<object?> IControllable.ExecuteCommand(int command, object? arg)
    {
        switch ((Command)command)
        {
            case Command.Refresh:
                // Off Orleans' scheduler, which must not be blocked by the opening of a key ring.
                await Task.Run(() => RefreshAsync(CancellationToken.None));
                return true;
            case Command.Configured when arg is string name && MarketZones.TryParse(name, out var zone):
                return (int)configured.Get(zone).Parts();
            default:
                throw new ArgumentException($"{ControlName} has no command {command} with '{arg}'.", nameof(command));
        }
    }
}
