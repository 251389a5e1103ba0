namespace OptiBid.Gateway.Api.Admin;

/// <summary>The connectors that run.</summary>
internal sealed record ConnectorList(ConnectorView[] Items);
