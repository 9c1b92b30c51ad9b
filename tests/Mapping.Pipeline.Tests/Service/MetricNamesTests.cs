using System.Text.RegularExpressions;
using Mapping.Pipeline.Tests.Http;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Service;

/// <summary>Dashboards know metrics by name: every one that components of all kinds make, with the names of its labels.</summary>
public partial class MetricNamesTests
{
    [Fact]
    public async Task Metrics_and_labels_are_named_as_documented()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200, 404, 200);
        using var folder = new TemporaryFolder();
        await using RunningService service = await RunningService.StartAsync($$"""
            input:
              broker:
                inputs: [ { generate: { count: 4, interval: "", mapping: root.id = counter() } }, { http_server: { path: /in } } ]
                batching: { count: 2, period: 10ms }
            buffer: { sqlite: { path: "{{folder.PathOf("buffer.db")}}" } }
            pipeline:
              processors:
                - dedupe: { cache: seen, key: "${! this.id }" }
                - rate_limit: { resource: gentle }
                - http: { url: "{{server.Url}}", drop_on: [ 404 ] }
            output: { fallback: [ { http_client: { url: "{{server.Url}}", rate_limit: gentle } }, { drop: {} } ] }
            cache_resources: [ { label: seen, memory: {} } ]
            rate_limit_resources: [ { label: gentle, local: { count: 3, interval: 20ms } } ]
            """);
        string text = await service.UntilAsync("/metrics", static t => ServiceTests.Value(t, "cache_success{label=\"seen\",path=\"root.cache_resources.0\",operation=\"add\"}") >= 4
            && ServiceTests.Value(t, "http_request_code_2xx{label=\"\",path=\"root.output.fallback.0\"}") >= 3);
        string[] names = [.. text.Split('\n').Where(static l => l.Length > 0 && l[0] != '#').Select(NameAndLabels).Distinct().Order(StringComparer.Ordinal)];
        Snapshot.Verify(string.Join('\n', names) + "\n");
    }

    private static string NameAndLabels(string line)
    {
        Match match = Series().Match(line);
        string labels = string.Join(',', LabelName().Matches(match.Groups[2].Value).Select(static m => m.Groups[1].Value));
        return $"{match.Groups[1].Value}{{{labels}}}";
    }

    [GeneratedRegex(@"^([a-z0-9_]+)(?:\{(.*)\})? ")]
    private static partial Regex Series();

    [GeneratedRegex("([a-z_]+)=\"")]
    private static partial Regex LabelName();
}
