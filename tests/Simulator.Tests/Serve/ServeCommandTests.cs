using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using OptiBid.Simulator.Serve;

namespace OptiBid.Simulator.Tests.Serve;

public sealed class ServeCommandTests
{
    private static async Task<(int Code, string Output, string Error)> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var root = new RootCommand("test") { ServeCommand.Create() };
        var code = await root.Parse(["serve", .. args]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    [Theory]
    [InlineData("--port", "70000", "--port must be 0 to 65535: 70000")]
    [InlineData("--zones", "MISO", "--zones: \"MISO\" is not one of PJM, CAISO, ERCOT, NYISO")]
    [InlineData("--locations", "0", "--locations must be 1 to 100000: 0")]
    [InlineData("--token-life", "0", "--token-life must be 1 to 86400: 0")]
    [InlineData("--recordings", "/no/such/folder", "--recordings is not a folder: /no/such/folder")]
    [InlineData("--fault", "PJM:flood", "--fault: \"PJM:flood\": \"flood\" is not one of too-many-requests, server-error, html,")]
    [InlineData("--fault", "slow", "--fault: \"slow\": is not ZONE[/FEED]:FAULT")]
    [InlineData("--fault", "*:slow,delay=x", "--fault: \"*:slow,delay=x\": \"delay=x\" is not name=number")]
    [InlineData("--limit", "PJM", "--limit: \"PJM\": is not ZONE=CALLS/SECONDS")]
    [InlineData("--limit", "MISO=6/60", "--limit: \"MISO=6/60\": \"MISO\" is not one of PJM, CAISO, ERCOT, NYISO")]
    [InlineData("--limit", "PJM=0/60", "\"0\" is not a number of calls, 1 or more")]
    [InlineData("--limit", "PJM=6/0", "\"0\" is not seconds, above 0 and at most a day")]
    [InlineData("--access-log", "/no/such/folder/log", "Could not find a part of the path '/no/such/folder/log'.")]
    public async Task WrongOption_SaysSoAndFails(string option, string value, string expected)
    {
        var (code, _, error) = await RunAsync(TestContext.Current.CancellationToken, option, value);

        Assert.NotEqual(0, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortInUse_SaysSoAndFails()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, _, error) = await RunAsync(TestContext.Current.CancellationToken, "--port", $"{port}");

        Assert.Equal((1, $"--port: {port} is in use by another process"), (code, error.Trim()));
    }

    [Fact]
    public async Task Stopped_TellsItsAddressFirstAndEndsWithZero()
    {
        using var stop = new CancellationTokenSource();
        var (output, error) = (new SignallingWriter(), new StringWriter());
        var running = ServeRun.RunAsync(new ServeOptions { Locations = 1 }, output, error, TimeProvider.System, stop.Token);

        var line = await output.FirstLine.Task.WaitAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(line.Replace("listening on ", "", StringComparison.Ordinal) + "/_control/faults"), TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        Assert.Equal((0, ""), (await running, error.ToString()));
        Assert.Matches(@"^listening on http://127\.0\.0\.1:\d+$", line);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task FaultOption_IsInForceFromTheStart()
    {
        await using var host = await ServeHost.StartAsync(
            new ServeOptions { Locations = 1, Faults = [Read("PJM/pnode:too-many-requests,retry_after=7,seconds=60,host=api")] }, TimeProvider.System, TestContext.Current.CancellationToken);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(host.Url + "/pjm/api/v1/pnode"), TestContext.Current.CancellationToken);

        Assert.Equal((429, TimeSpan.FromSeconds(7)), ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta));

        static OptiBid.Simulator.Serve.Faults.FaultRequest Read(string text)
        {
            Assert.Null(OptiBid.Simulator.Serve.Faults.FaultText.Read(text, out var fault));
            return fault;
        }
    }

    private sealed class SignallingWriter : StringWriter
    {
        public TaskCompletionSource<string> FirstLine { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            FirstLine.TrySetResult(value ?? "");
        }
    }
}
