using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OptiBid.Benchmarks.Rest;

/// <summary>
/// Callers in a process of their own, each with a connection kept open and one request at a time on it, as plain as can be,
/// so that what is measured is the server.
/// </summary>
internal static class LoadProcess
{
    public static Command Command()
    {
        var address = new Option<Uri>("--address") { Required = true, CustomParser = static result => new Uri(result.Tokens[0].Value) };
        var path = new Option<string>("--path") { Required = true };
        var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 32 };
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 3 };
        var command = new Command("load", "Internal: the callers of the benchmark rest.") { address, path, connections, seconds };
        command.Hidden = true;
        command.SetAction(async (parsed, _) => await CallAsync(parsed.GetValue(address)!, parsed.GetValue(path)!, parsed.GetValue(connections), TimeSpan.FromSeconds(parsed.GetValue(seconds))));
        return command;
    }

    /// <summary>Calls for a while.</summary>
    /// <returns>Answers a second.</returns>
    public static async Task<double> MeasureAsync(Uri address, string path, int connections, double seconds)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string[] arguments = ["load", "--address", address.ToString(), "--path", path, "--connections", $"{connections}", "--seconds", seconds.ToString(CultureInfo.InvariantCulture)];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The callers did not start.");
        var rate = await process.StandardOutput.ReadLineAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && double.TryParse(rate, CultureInfo.InvariantCulture, out var perSecond)
            ? perSecond
            : throw new InvalidOperationException($"The callers of {path} failed: {rate}");
    }

    private static async Task CallAsync(Uri address, string path, int connections, TimeSpan time)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: application/json\r\n\r\n");
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => CallAsync(address, request, clock, time))));
        Console.WriteLine((counts.Sum() / clock.Elapsed.TotalSeconds).ToString("F1", CultureInfo.InvariantCulture));
    }

    private static async Task<long> CallAsync(Uri address, byte[] request, Stopwatch clock, TimeSpan time)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var buffer = new byte[64 * 1024];
        long answers = 0;
        while (clock.Elapsed < time)
        {
            await socket.SendAsync(request);
            await ReadAnswerAsync(socket, buffer);
            answers++;
        }

        return answers;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        for (var filled = 0; ;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0) throw new IOException("The server has closed the connection.");
            filled += read;
            if (IsWhole(buffer.AsSpan(0, filled))) return;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        if (!answer.StartsWith("HTTP/1.1 200"u8)) throw new InvalidDataException(Encoding.UTF8.GetString(answer));

        var length = answer[..head].IndexOf("\r\nContent-Length: "u8);
        if (length < 0) return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(length + 18)..];
        return answer.Length == head + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
