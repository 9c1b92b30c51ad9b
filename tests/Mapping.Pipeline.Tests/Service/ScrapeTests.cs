using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Mapping.Pipeline.Tests.Service;

public class ScrapeTests
{
    [PrometheusFact]
    public async Task A_real_Prometheus_scrapes_the_page()
    {
        await using RunningService service = await RunningService.StartAsync("""
            input: { generate: { interval: 5ms, mapping: root.id = counter() } }
            pipeline: { processors: [ { label: odd, mapping: 'root = if this.id % 2 == 0 { throw("even") }' } ] }
            output: { fallback: [ { reject_errored: { drop: {} } }, { drop: {} } ] }
            """);
        using var folder = new TemporaryFolder();
        int port = FreePort();
        folder.Write("prometheus.yml", $$"""
            global: { scrape_interval: 200ms, scrape_timeout: 200ms }
            scrape_configs:
              - job_name: pipeline
                static_configs: [ { targets: [ "{{new Uri(service.Address!).Authority}}" ] } ]
            """);
        using Process prometheus = Start(folder, port);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            Assert.True(await QueryAsync(client, "up{job=\"pipeline\"}", least: 1) >= 1);
            Assert.True(await QueryAsync(client, "input_received{path=\"root.input\"}", least: 10) >= 10);
            Assert.True(await QueryAsync(client, "processor_error{label=\"odd\"}", least: 1) >= 1);
            Assert.True(await QueryAsync(client, "processor_latency_ns{label=\"odd\",quantile=\"0.99\"}", least: 1) >= 1);
            using JsonDocument targets = JsonDocument.Parse(await client.GetStringAsync("/api/v1/targets"));
            JsonElement target = targets.RootElement.GetProperty("data").GetProperty("activeTargets")[0];
            Assert.Equal("up", target.GetProperty("health").GetString());
            Assert.Equal(string.Empty, target.GetProperty("lastError").GetString());
            using JsonDocument kinds = JsonDocument.Parse(await client.GetStringAsync("/api/v1/metadata?metric=processor_latency_ns"));
            Assert.Equal("summary", kinds.RootElement.GetProperty("data").GetProperty("processor_latency_ns")[0].GetProperty("type").GetString());
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    private static Process Start(TemporaryFolder folder, int port) => Process.Start(new ProcessStartInfo(PrometheusFactAttribute.Program!)
    {
        ArgumentList =
        {
            "--config.file=" + folder.PathOf("prometheus.yml"),
            "--storage.tsdb.path=" + folder.PathOf("data"),
            $"--web.listen-address=127.0.0.1:{port}",
            "--log.level=error",
        },
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Asks until the value is large enough, for at most a minute.</summary>
    private static async Task<double> QueryAsync(HttpClient client, string query, double least)
    {
        double last = double.NaN;
        for (int i = 0; i < 900 && !(last >= least); i++)
        {
            await Task.Delay(100);
            try
            {
                using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync("/api/v1/query?query=" + Uri.EscapeDataString(query)));
                JsonElement result = answer.RootElement.GetProperty("data").GetProperty("result");
                last = result.GetArrayLength() == 0 ? double.NaN : double.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
            }
            catch (HttpRequestException)
            {
                // It is not up yet.
            }
        }

        return last;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
