namespace OptiBid.Deployment.Tests.Configuration;

public sealed class ConfigurationKeysTests
{
    public static TheoryData<DeploymentSetting> Settings => [.. DeploymentKeys.All()];

    [Theory, MemberData(nameof(Settings))]
    public void Key_InADeploymentFile_IsOneTheProductReads(DeploymentSetting setting) =>
        Assert.True(ProductKeys.Contains(setting.Key), $"{setting.File}: nothing reads {setting.Key}");

    [Theory, MemberData(nameof(Settings))]
    public void Value_InADeploymentFile_BindsToTheProductsType(DeploymentSetting setting)
    {
        if (setting.Value is { } value) Assert.Null(ProductKeys.FaultOf(setting.Key, value));
    }

    [Theory]
    [InlineData("ConnectionStrings__History")]
    [InlineData("Silo__AdvertisedIP")]
    [InlineData("Kafka__BootstrapServers")]
    [InlineData("Connectors__PJM__Feed")]
    public void All_OfEveryFile_FindTheKeysADeploymentCannotDoWithout(string key) =>
        Assert.True(DeploymentKeys.All().Count(setting => setting.Key == key) >= 2, $"{key} is not in docker-compose.yml and in k8s/.");

    [Theory]
    [InlineData("Silo__AdvertisedIp2")]
    [InlineData("Kafka__Bootstrap")]
    [InlineData("Connectors__MARS__Feed")]
    [InlineData("ConnectionStrings__Histroy")]
    public void Contains_MistypedKey_IsFalse(string key) => Assert.False(ProductKeys.Contains(key));

    [Theory]
    [InlineData("Kafka__Settings__security.protocol")]
    [InlineData("Connectors__PJM__Locations__0")]
    [InlineData("Connectors__PJM__Simulator__Seed")]
    [InlineData("silo__siloport")]
    [InlineData("Security__AllowAnonymous")]
    [InlineData("History__Writer__BatchTicks")]
    [InlineData("Markets__RealTimeHorizon")]
    [InlineData("Live__JournalCapacity")]
    public void Contains_EntryOfACollectionOrInnerOptions_IsTrue(string key) => Assert.True(ProductKeys.Contains(key));

    [Theory]
    [InlineData("Connectors__PJM__Feed", "Simulatr")]
    [InlineData("Kafka__PartitionsPerZone", "three")]
    [InlineData("Silo__Embedded", "no")]
    public void FaultOf_ValueOfAnotherType_SaysSo(string key, string value) => Assert.NotNull(ProductKeys.FaultOf(key, value));
}
