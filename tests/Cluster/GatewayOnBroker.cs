using OptiBid.Streams.Kafka.Embedded;

namespace OptiBid.Cluster.Tests;

/// <summary>The product in one process, with no market, over a broker that outlives it: what it shows is what a test has published.</summary>
internal static class GatewayOnBroker
{
    public static ProductProcess.ProductProcess Start(DirectoryInfo data, EmbeddedBroker broker, Uri address) => ProductProcess.ProductProcess.Start(
        "Gateway",
        new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Data__Directory"] = data.FullName,
            ["Kafka__BootstrapServers"] = broker.BootstrapServers,
            ["Kafka__ManageTopics"] = "false",
            ["Connectors__PJM__Feed"] = "Off",
            ["Connectors__CAISO__Feed"] = "Off",
            ["Connectors__ERCOT__Feed"] = "Off",
        },
        address);
}
