using System.Text.Json;
using System.Text.RegularExpressions;
using Mapping.Connectors.Tests.Kafka;
using Mapping.Connectors.Tests.Sql;
using Mapping.Diagnostics;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Service;
using Mapping.Testing;
using Mapping.Text;
using YamlDotNet.RepresentationModel;

namespace Mapping.Connectors.Tests.Documents;

/// <summary>The files of <c>docs/deploy</c> fit the program.</summary>
public sealed partial class DeploymentTests(KafkaServer kafka, PostgresServer database) : IClassFixture<KafkaServer>, IClassFixture<PostgresServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Words of the query language that are no names of metrics.</summary>
    private static readonly string[] Keywords = ["sum", "max", "min", "avg", "count", "by", "and", "or", "unless", "on", "ignoring", "without", "group_left", "group_right", "bool", "offset"];

    private static string Alerts => Repository.PathOf("docs", "deploy", "prometheus", "alerts.yaml");

    private static string Dashboard => Repository.PathOf("docs", "deploy", "grafana", "pipelines.json");

    [Theory]
    [InlineData("kubernetes/pipeline.yaml", 3)]
    [InlineData("kubernetes/autoscaler.yaml", 1)]
    [InlineData("prometheus/alerts.yaml", 1)]
    [InlineData("prometheus/scrape.yaml", 1)]
    public void Every_file_can_be_read(string file, int documents)
    {
        YamlDocument[] found = Documents(file);
        Assert.Equal(documents, found.Length);
        Assert.All(found, static d => Assert.IsType<YamlMappingNode>(d.RootNode));
    }

    /// <summary>The pipeline that the cluster is given, with dead letters, told as Prometheus sees it.</summary>
    [Fact]
    public async Task Metrics_of_alerts_and_dashboard_are_those_of_a_pipeline()
    {
        string topic = await kafka.CreateTopicAsync();
        await kafka.ProduceAsync(topic, 0, """{"id":1}""");
        await using Service service = await RunAsync(topic, "output.fallback.0.try={ label: store, reject: no }");
        string page = await service.UntilAsync(static p => DeadLetters().IsMatch(p), "a dead letter");
        HashSet<string> served = [.. MetricLine().Matches(page).Select(static m => m.Groups[1].Value), "up"];
        string[] used = [.. Expressions().SelectMany(NamesIn).Distinct()];
        Assert.Contains("kafka_lag", used);
        Assert.Contains("process_resident_memory_bytes", used);
        Assert.All(used, name => Assert.True(served.Contains(name) || IsKept(name), $"no metric is named {name}"));
        Assert.Contains("kafka_lag", HasName().Matches(File.ReadAllText(Repository.PathOf("docs", "deploy", "kubernetes", "autoscaler.yaml"))).Select(static m => m.Groups[1].Value));
    }

    [PostgresFact]
    public async Task The_pipeline_of_the_cluster_writes_to_the_database()
    {
        await database.RunAsync("CREATE TABLE orders (id bigint, source text UNIQUE, data jsonb)");
        string topic = await kafka.CreateTopicAsync();
        await kafka.ProduceAsync(topic, 0, """{"id":1}""", """{"id":"one"}""", """{"id":2}""");
        await using Service service = await RunAsync(topic);
        await service.UntilAsync(static p => AllDone().IsMatch(p) && DeadLetters().IsMatch(p), "writing all");
        using var client = new HttpClient { BaseAddress = new Uri(service.Address) };
        Assert.Equal("pong", (await client.GetStringAsync("/ping")).Trim());
        Assert.Contains("\"connected\":true", await client.GetStringAsync("/ready"), StringComparison.Ordinal);
        Assert.Equal([$"{topic}-0-0", $"{topic}-0-2"], await database.ReadAsync("SELECT source FROM orders ORDER BY id"));
    }

    [Fact]
    public void Probes_ask_pages_that_the_service_has()
    {
        string text = File.ReadAllText(Repository.PathOf("docs", "deploy", "kubernetes", "pipeline.yaml"));
        Assert.Equal(["/ping", "/ping", "/ready"], ProbePath().Matches(text).Select(static m => m.Groups[1].Value));
    }

    [PromtoolFact]
    public void Prometheus_takes_the_alert_rules()
    {
        Outcome outcome = ChildProcess.Run(PromtoolFactAttribute.Program!, string.Empty, "check", "rules", Alerts);
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
    }

    [Fact]
    public void The_image_holds_what_is_published()
    {
        string text = File.ReadAllText(Repository.PathOf("docs", "deploy", "Dockerfile"));
        string project = Repository.PathOf(Published().Match(text).Groups[1].Value);
        string assembly = AssemblyName().Match(File.ReadAllText(Directory.GetFiles(project, "*.csproj").Single())).Groups[1].Value;
        Assert.Contains($"ENTRYPOINT [ \"/app/{assembly}\" ]", text, StringComparison.Ordinal);
    }

    private static YamlDocument[] Documents(string file)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(File.ReadAllText(Repository.PathOf("docs", "deploy", file)));
        stream.Load(reader);
        return [.. stream.Documents];
    }

    private static IEnumerable<string> Expressions()
    {
        YamlNode groups = Documents("prometheus/alerts.yaml").Single().RootNode["groups"];
        foreach (YamlNode rule in ((YamlSequenceNode)groups).SelectMany(static g => (YamlSequenceNode)g["rules"]))
        {
            yield return ((YamlScalarNode)rule["expr"]).Value!;
        }

        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Dashboard));
        foreach (JsonElement target in dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(static p => p.GetProperty("targets").EnumerateArray()))
        {
            yield return target.GetProperty("expr").GetString()!;
        }

        foreach (JsonElement variable in dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Where(static v => v.GetProperty("type").GetString() == "query"))
        {
            yield return LabelValues().Match(variable.GetProperty("query").GetProperty("query").GetString()!).Groups[1].Value;
        }
    }

    private static IEnumerable<string> NamesIn(string expression) =>
        Name().Matches(NotNames().Replace(expression, " ")).Select(static m => m.Value).Except(Keywords);

    /// <summary>Some are there only when what they count has happened; those are described.</summary>
    private static bool IsKept(string name) => MetricNames.Describe(name, MetricKind.Counter) != MetricNames.Describe(string.Empty, MetricKind.Counter);

    private async Task<Service> RunAsync(string topic, params string[] more)
    {
        YamlNode config = Documents("kubernetes/pipeline.yaml")[0].RootNode["data"]["pipeline.yaml"];
        PipelineGraph? graph = GraphReader.Read(
            AllConnectors.Catalogue,
            new Pipeline.Graph.Configuration
            {
                Main = new SourceText(((YamlScalarNode)config).Value!, "pipeline.yaml"),
                Variables = name => name switch { "KAFKA_BROKERS" => kafka.Address, "POSTGRES_DSN" => database.Dsn, _ => null },
                Overrides =
                [
                    "http.address=127.0.0.1:0",
                    "shutdown_delay=0s",
                    $"input.kafka_franz.topics.0={topic}",
                    $"input.kafka_franz.consumer_group={topic}",
                    $"output.fallback.1.result.kafka_franz.topic={await kafka.CreateTopicAsync()}",
                    .. more,
                ],
                Environment = MappingEnvironment.Full,
            },
            out IReadOnlyList<Diagnostic> diagnostics);
        Assert.True(graph is not null, string.Join("\n", diagnostics));
        return await Service.StartAsync(graph);
    }

    [GeneratedRegex(@"""[^""]*""|\{[^}]*\}|\[[^\]]*\]|\b(?:by|without|on|ignoring)\s*\([^)]*\)|\b\w+(?=\s*\()")]
    private static partial Regex NotNames();

    [GeneratedRegex(@"\b[a-zA-Z_]\w*")]
    private static partial Regex Name();

    [GeneratedRegex(@"^label_values\((\w+)")]
    private static partial Regex LabelValues();

    [GeneratedRegex(@"^([a-z]\w*?)(?:_sum|_count)?[ {]", RegexOptions.Multiline)]
    private static partial Regex MetricLine();

    [GeneratedRegex(@"^output_sent\{.*label=""dead_letters"".*\} 1$", RegexOptions.Multiline)]
    private static partial Regex DeadLetters();

    [GeneratedRegex(@"^output_sent\{.*path=""root.output"".*\} 3$", RegexOptions.Multiline)]
    private static partial Regex AllDone();

    [GeneratedRegex(@"metric: \{ name: (\w+) \}")]
    private static partial Regex HasName();

    [GeneratedRegex(@"httpGet: \{ path: (\S+), port: http \}")]
    private static partial Regex ProbePath();

    [GeneratedRegex(@"dotnet publish (\S+)")]
    private static partial Regex Published();

    [GeneratedRegex(@"<AssemblyName>(.*)</AssemblyName>")]
    private static partial Regex AssemblyName();

    /// <summary>A pipeline with its pages.</summary>
    private sealed class Service : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly PipelineService service;
        private readonly StringWriter log;
        private readonly Task<bool> run;

        private Service(PipelineService service, StringWriter log)
        {
            this.service = service;
            this.log = log;
            run = service.RunAsync(stop.Token);
        }

        public string Address => service.Address!;

        public static async Task<Service> StartAsync(PipelineGraph graph)
        {
            var log = new StringWriter();
            var service = new PipelineService(graph, new TextLog(TextWriter.Synchronized(log), graph.Logger, TimeProvider.System), TimeProvider.System, new NoStreams());
            service.Serve();
            return new Service(service, log);
        }

        /// <summary>The page of metrics, when it is as it should be.</summary>
        public async Task<string> UntilAsync(Func<string, bool> isRight, string what)
        {
            using var client = new HttpClient { BaseAddress = new Uri(Address) };
            using var end = new CancellationTokenSource(Patience);
            while (true)
            {
                string page = await client.GetStringAsync("/metrics");
                if (isRight(page))
                {
                    return page;
                }

                Assert.False(end.IsCancellationRequested, $"{what} did not come\n{page}\n{log}");
                await Task.Delay(50);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await run.WaitAsync(Patience);
            await service.DisposeAsync();
            stop.Dispose();
        }
    }
}
