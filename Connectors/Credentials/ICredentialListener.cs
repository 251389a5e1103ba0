namespace OptiBid.Connectors.Credentials;

/// <summary>Who uses credentials, and is told when they have changed so that it need not wait until it looks by itself.</summary>
public interface ICredentialListener
{
    /// <summary>Reads the credentials again. What stands in the way of it is told to the log, never to the caller.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
