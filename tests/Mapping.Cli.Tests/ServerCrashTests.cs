using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>
/// A server with a durable buffer behind it that is killed at any moment and started again: what was answered is kept, and nothing is
/// written that nobody sent.
/// </summary>
public sealed class ServerCrashTests : IDisposable
{
    private const int Callers = 8;

    private static readonly int Lines = Math.Min(200_000, 4_000 * TestScale.Factor);
    private static readonly int Rounds = Math.Min(20, 4 * TestScale.Factor);

    private readonly string folder = Directory.CreateTempSubdirectory("server").FullName;
    private readonly int port = FreePort();
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private int next;
    private int answered;

    private string Output => Path.Combine(folder, "out.txt");

    public void Dispose()
    {
        client.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Records are taken faster than they are written, so that a crash finds the buffer full.</summary>
    [Fact]
    public async Task Every_record_that_was_answered_arrives_and_none_is_invented()
    {
        string configuration = Path.Combine(folder, "pipeline.yaml");
        await File.WriteAllTextAsync(configuration, $$"""
            logger: { level: ERROR }
            http: { enabled: false }
            input: { http_server: { address: "127.0.0.1:{{port}}", path: /post } }
            buffer: { sqlite: { path: {{folder}}/buffer.db } }
            pipeline: { threads: 2, processors: [ { sleep: { duration: 1ms } } ] }
            output: { file: { path: {{Output}} } }
            """);
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(10 + TestScale.Factor));
        Task calling = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync(giveUp.Token)));
        var random = new Random(53);
        for (int round = 0; round < Rounds; round++)
        {
            using Process run = Start(configuration);
            int target = Volatile.Read(ref answered) + random.Next(1, Lines / Rounds);
            while (Volatile.Read(ref answered) < target && !calling.IsCompleted)
            {
                Assert.False(run.HasExited, "the server ended by itself");
                await Task.Delay(1, giveUp.Token);
            }

            await Task.Delay(random.Next(0, 30), giveUp.Token);
            run.Kill();
            await run.WaitForExitAsync(giveUp.Token);
        }

        using Process last = Start(configuration);
        try
        {
            await calling;
            while (WrittenLines().Distinct().Count() < Lines)
            {
                Assert.False(last.HasExited, "the server ended by itself");
                await Task.Delay(200, giveUp.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // What is missing is told below.
        }
        finally
        {
            last.Kill();
            await last.WaitForExitAsync(CancellationToken.None);
        }

        NumberedLines.AssertAll(Lines, WrittenLines());
    }

    /// <summary>Sends one record after another; each until it is answered.</summary>
    private async Task CallAsync(CancellationToken cancellation)
    {
        for (int number = Interlocked.Increment(ref next) - 1; number < Lines; number = Interlocked.Increment(ref next) - 1)
        {
            while (!await IsTakenAsync(NumberedLines.Of(number), cancellation))
            {
                await Task.Delay(5, cancellation);
            }

            Interlocked.Increment(ref answered);
        }
    }

    private async Task<bool> IsTakenAsync(string record, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await client.PostAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/post"), new StringContent(record), cancellation);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            // It is down, or went down before it answered.
            return false;
        }
    }

    /// <summary>What stands in the file; the last line may still be under way.</summary>
    private List<string> WrittenLines()
    {
        if (!File.Exists(Output))
        {
            return [];
        }

        using var file = new FileStream(Output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        string text = new StreamReader(file).ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static Process Start(string configuration) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", configuration]))!;

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
