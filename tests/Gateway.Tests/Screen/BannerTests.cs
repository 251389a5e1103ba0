using OptiBid.Gateway.Screen;

namespace OptiBid.Gateway.Tests.Screen;

public class BannerTests
{
    [Fact]
    public void Text_AnyParts_SaysWhatRunsAndWhereToLook()
    {
        var text = Banner.Text("http://localhost:8080/", ["silo        embedded in this process"]);
        Assert.Contains("silo        embedded in this process\n", text);
        Assert.Contains("http://localhost:8080/docs\n", text);
        Assert.Contains("http://localhost:8080/dashboard\n", text);
        Assert.Contains("http://localhost:8080/metrics\n", text);
    }

    [Fact]
    public void Text_ManagementPort_SaysThatMetricsAreThere() =>
        Assert.Contains("http://localhost:8082/metrics\n", Banner.Text("http://localhost:8080/", [], managementPort: 8082));
}
