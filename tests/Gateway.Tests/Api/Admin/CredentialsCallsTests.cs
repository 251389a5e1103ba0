using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace OptiBid.Gateway.Tests.Api.Admin;

public sealed class CredentialsCallsTests(AdminHost host) : IClassFixture<AdminHost>, IAsyncLifetime
{
    private const string Pjm = "/connectors/PJM/credentials";
    private const string Secret = "brand-new-key-8842";
    private const string Body = $$"""{"api_key":"{{Secret}}"}""";

    public async ValueTask InitializeAsync() => await host.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Put_ByAnAdmin_IsInForceDescribedAndRecordedButNeverShown()
    {
        var answer = await host.CallAsync("PUT", Pjm, 200, body: Body);

        Assert.Equal(Secret, host.KeyInForce);
        Assert.Equal(("PJM", "vault", "none", "none"), ((string?)answer["market_zone"], (string?)answer["api_key"], (string?)answer["username"], (string?)answer["password"]));
        Assert.Equal(("ann@example.com", true), ((string?)answer["set_by"], (bool?)answer["readable"]));
        Assert.EndsWith("Z", (string?)answer["set_at"], StringComparison.Ordinal);
        Assert.Equal(answer.ToJsonString(), (await host.CallAsync("GET", Pjm, 200)).ToJsonString());

        var line = Assert.Single(host.Audit);
        Assert.Equal((LogLevel.Information, "Administration, done: credentials.set of PJM by ann@example.com from 127.0.0.1, answered 200"), (line.Level, line.Text));
        Assert.DoesNotContain(Secret, answer.ToJsonString() + string.Join('\n', host.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_WhatWasSet_BringsTheConfiguredOnesBack()
    {
        await host.CallAsync("PUT", Pjm, 200, body: Body);

        var answer = await host.CallAsync("DELETE", Pjm, 200);

        Assert.Equal(AdminHost.ConfiguredKey, host.KeyInForce);
        Assert.Equal(("configuration", null), ((string?)answer["api_key"], (string?)answer["set_by"]));
        Assert.Equal(answer.ToJsonString(), (await host.CallAsync("DELETE", Pjm, 200)).ToJsonString());
        Assert.Equal(2, host.Audit.Count(line => line.Text.Contains("credentials.remove", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("guest", 403)]
    [InlineData("viewer", 403)]
    [InlineData("trader", 403)]
    [InlineData("operator", 403)]
    public async Task Calls_WithoutTheRole_DoNothingAndAreRecorded(string? role, int status)
    {
        await host.CallAsync("PUT", Pjm, status, role, Body);
        await host.CallAsync("DELETE", Pjm, status, role);
        var problem = await host.CallAsync("GET", Pjm, status, role);

        Assert.Equal("urn:optibid:problem:" + (status == 401 ? "sign-in-required" : "not-allowed"), (string?)problem["type"]);
        Assert.Equal(AdminHost.ConfiguredKey, host.KeyInForce);
        Assert.Equal(
            new[] { "credentials.read", "credentials.remove", "credentials.set" }.Select(action =>
                $"Administration, refused: {action} of PJM by {(role is null ? "anonymous" : "ann@example.com")} from 127.0.0.1, answered {status}"),
            host.Audit.Where(line => line.Level == LogLevel.Warning).Select(line => line.Text).Order());
    }

    [Theory]
    [InlineData("""{"api_key":"brand-new-key-8842","token":"x"}""", "unknown-parameter", "token")]
    [InlineData("""{"password":8842}""", "invalid-parameter", "password")]
    [InlineData("""{"api_key":["brand-new-key-8842"]}""", "invalid-parameter", "api_key")]
    [InlineData("""{"api_key":"brand-new-key-8842","api_key":"another"}""", "invalid-parameter", "api_key")]
    [InlineData("""{"api_key":"brand-new-key-8842\u0001"}""", "invalid-credentials", "api_key")]
    [InlineData("""{"username":"a\nb"}""", "invalid-credentials", "username")]
    [InlineData("""{"api_key":" ","username":null}""", "invalid-credentials", null)]
    [InlineData("{}", "invalid-credentials", null)]
    [InlineData("\"brand-new-key-8842\"", "invalid-body", null)]
    [InlineData("{brand-new-key-8842", "invalid-body", null)]
    public async Task Put_WrongBody_Is400WithoutTheSecretAndStoresNothing(string body, string type, string? field)
    {
        var problem = await host.CallAsync("PUT", Pjm, 400, body: body);

        Assert.Equal(("urn:optibid:problem:" + type, field), ((string?)problem["type"], (string?)problem["field"]));
        Assert.DoesNotContain("8842", problem.ToJsonString() + string.Join('\n', host.Log.Lines), StringComparison.Ordinal);
        Assert.Equal(AdminHost.ConfiguredKey, host.KeyInForce);
        Assert.Contains("refused: credentials.set", Assert.Single(host.Audit).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_WrongZoneTypeOrParameter_AreRefused()
    {
        Assert.Equal("zone", (string?)(await host.CallAsync("PUT", "/connectors/MARS/credentials", 400, body: Body))["field"]);
        Assert.Equal("zone", (string?)(await host.CallAsync("GET", "/connectors/%0AMARS/credentials", 400))["field"]);
        Assert.Equal("Content-Type", (string?)(await host.CallAsync("PUT", Pjm, 415, body: Body, type: "text/plain"))["field"]);
        Assert.Equal("force", (string?)(await host.CallAsync("DELETE", Pjm + "?force=1", 400))["field"]);
        Assert.All(host.Audit, line => Assert.DoesNotContain('\n', line.Text));
    }

    [Fact]
    public async Task Calls_InDevelopmentWithoutAnAuthority_AreOpenAndSayWhenThereIsNoKeyRing()
    {
        var data = Directory.CreateTempSubdirectory("optibid-admin-");
        await using (var gateway = await GatewayHost.StartAsync(services: services => AdminHost.AddCredentials(services, data.FullName, hasKeyRing: false)))
        {
            Assert.Equal("configuration", (string?)(await gateway.GetAsync("/api/v1/admin" + Pjm))["api_key"]);
            using var body = new StringContent(Body, System.Text.Encoding.UTF8, "application/json");
            using var response = await gateway.Http.PutAsync("/api/v1/admin" + Pjm, body, TestContext.Current.CancellationToken);
            JsonNode problem = await GatewayHost.ReadAsync(response, 503);
            Assert.Equal("urn:optibid:problem:key-ring-unavailable", (string?)problem["type"]);
            Assert.Contains("KeyRing:Folder", (string?)problem["detail"], StringComparison.Ordinal);
        }

        data.Delete(recursive: true);
    }
}
