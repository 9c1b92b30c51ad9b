using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>A gateway with a durable buffer that is killed at any moment: what its callers were told is taken arrives.</summary>
public sealed class GatewayCrashTests : IDisposable
{
    private const int LinesOfARequest = 20;

    private static readonly int Requests = Math.Min(10_000, 500 * TestScale.Factor);
    private static readonly int Rounds = Math.Min(20, 4 * TestScale.Factor);

    private readonly string folder = Directory.CreateTempSubdirectory("gateway").FullName;
    private readonly HttpClient client = new();
    private int accepted;

    private string Output => Path.Combine(folder, "out.txt");

    public void Dispose()
    {
        client.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_callers_were_told_is_taken_arrives_and_nothing_is_invented()
    {
        int port = FreePort();
        string configuration = Path.Combine(folder, "pipeline.yaml");
        await File.WriteAllTextAsync(configuration, $$"""
            logger: { level: ERROR }
            input: { http_server: { address: "127.0.0.1:{{port}}", path: /in, body_form: lines, timeout: 60s } }
            buffer: { sqlite: { path: {{folder}}/buffer.db } }
            pipeline: { threads: 2, processors: [ { mapping: root = content() } ] }
            output: { file: { path: {{Output}} } }
            """);
        Task callers = Task.WhenAll(Enumerable.Range(0, 4).Select(caller => CallAsync(new Uri($"http://127.0.0.1:{port}/in"), caller)));
        var random = new Random(43);
        for (int round = 0; round < Rounds; round++)
        {
            using Process run = Start(configuration);
            int target = Volatile.Read(ref accepted) + random.Next(1, (Requests / Rounds) + 1);
            while (!run.HasExited && Volatile.Read(ref accepted) < target && !callers.IsCompleted)
            {
                await Task.Delay(1);
            }

            Assert.False(run.HasExited);
            run.Kill();
            await run.WaitForExitAsync();
        }

        using Process last = Start(configuration);
        await callers.WaitAsync(TimeSpan.FromMinutes(10));
        HashSet<string> expected = [.. Enumerable.Range(0, Requests).SelectMany(LinesOf)];
        string[] written = await WrittenAsync(expected);
        Assert.Empty(written.Where(l => !expected.Contains(l)).Take(5));
        expected.ExceptWith(written);
        Assert.Empty(expected.Take(5));
        last.Kill();
        await last.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IEnumerable<string> LinesOf(int request) => Enumerable.Range(request * LinesOfARequest, LinesOfARequest)
        .Select(static n => string.Create(CultureInfo.InvariantCulture, $"line {n:D8} with a tail of {n * 7919L % 1_000_003:D8}"));

    private static Process Start(string configuration) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", configuration, "-s", "http.enabled=false"]))!;

    /// <summary>Sends its share of the requests, each until it is taken.</summary>
    private async Task CallAsync(Uri address, int caller)
    {
        for (int request = caller; request < Requests; request += 4)
        {
            while (!await IsTakenAsync(address, string.Join('\n', LinesOf(request))))
            {
                await Task.Delay(5);
            }

            Interlocked.Increment(ref accepted);
        }
    }

    private async Task<bool> IsTakenAsync(Uri address, string body)
    {
        try
        {
            using HttpResponseMessage response = await client.PostAsync(address, new StringContent(body));
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return false;
        }
    }

    /// <summary>All that is written, once nothing is missing or for a minute nothing came.</summary>
    private async Task<string[]> WrittenAsync(HashSet<string> expected)
    {
        string[] lines = [];
        for (int waits = 0; waits < 300 && !expected.IsSubsetOf(lines); waits++)
        {
            await Task.Delay(200);
            int before = lines.Length;
            lines = File.Exists(Output) ? await File.ReadAllLinesAsync(Output) : [];
            waits = lines.Length > before ? 0 : waits;
        }

        return lines;
    }
}
