using System.Text;
using Mapping.Pipeline.Tests.Http;

namespace Mapping.Pipeline.Tests.Service;

/// <summary>What OpenTelemetry collectors are sent, over HTTP as protobuf.</summary>
public class TelemetryTests
{
    [Fact]
    public async Task Every_message_is_a_trace_of_spans()
    {
        await using CollectorStub collector = await CollectorStub.StartAsync();
        await RunAsync($$"""
            input: { generate: { count: 2, interval: "", mapping: root.id = counter() } }
            pipeline:
              threads: 1
              processors:
                - mapping: root.id = this.id
                - mapping: root = if this.id == 2 { throw("number two") }
            output: { fallback: [ { reject_errored: { drop: {} } }, { drop: {} } ] }
            tracer: { open_telemetry_collector: { service: shop, tags: { stage: test }, http: [ { address: "{{collector.Authority}}" } ] } }
            """);
        Assert.All(collector.Received, r => Assert.Equal(("POST /v1/traces", "application/x-protobuf"), (r.Path, r.ContentType)));

        // ExportTraceServiceRequest.resource_spans = 1, .resource = 1, .scope_spans = 2, .spans = 2.
        byte[][] spans = [.. collector.Received.SelectMany(r => ProtobufFields.At(r.Body, 1, 2, 2))];
        byte[][] roots = [.. spans.Where(s => Name(s) == "input_generate")];
        Assert.Equal(2, roots.Length);
        Assert.Equal(2, roots.Select(Trace).Distinct().Count());
        foreach (byte[] root in roots)
        {
            Assert.Null(ProtobufFields.Text(root, 4));
            byte[][] within = [.. spans.Where(s => Trace(s) == Trace(root) && Name(s) != "input_generate")];
            Assert.Equal(2, within.Count(s => Name(s) == "mapping"));
            Assert.All(within, s => Assert.Equal(Id(root), Parent(s)));
            Assert.Contains(within, s => Name(s) == "output_fallback");
        }

        byte[] failed = Assert.Single(spans, s => Name(s) == "mapping" && ProtobufFields.At(s, 11).Any());
        Assert.Contains("number two", Encoding.UTF8.GetString(ProtobufFields.At(failed, 11).First()));
        string[] service = [.. collector.Received.SelectMany(r => ProtobufFields.At(r.Body, 1, 1, 1)).Select(Encoding.UTF8.GetString).Distinct()];
        Assert.Contains(service, a => a.Contains("service.name", StringComparison.Ordinal) && a.Contains("shop", StringComparison.Ordinal));
        Assert.Contains(service, a => a.Contains("stage", StringComparison.Ordinal) && a.Contains("test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Spans_and_metrics_go_to_a_collector_by_gRPC_as_well()
    {
        await using CollectorStub collector = await CollectorStub.StartAsync(isGrpc: true);
        await RunAsync($$"""
            input: { generate: { count: 1, interval: "", mapping: root.id = 1 } }
            output: { drop: {} }
            tracer: { open_telemetry_collector: { grpc: [ { address: "{{collector.Authority}}" } ] } }
            metrics: { open_telemetry_collector: { grpc: [ { address: "{{collector.Authority}}" } ] } }
            """);
        (string _, string type, byte[] body) = Assert.Single(collector.Received, r => r.Path == "POST /opentelemetry.proto.collector.trace.v1.TraceService/Export");
        Assert.Equal("application/grpc", type);

        // A message of gRPC has five bytes before it.
        Assert.Equal(["input_generate", "output_drop"], ProtobufFields.At(body[5..], 1, 2, 2).Select(Name).Order());
        Assert.Contains(collector.Received, r => r.Path == "POST /opentelemetry.proto.collector.metrics.v1.MetricsService/Export");
    }

    [Fact]
    public async Task A_trace_that_metadata_names_goes_on()
    {
        await using CollectorStub collector = await CollectorStub.StartAsync();
        await RunAsync($$"""
            input:
              generate:
                count: 1
                interval: ""
                mapping: |
                  root.id = 1
                  meta traceparent = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
            output: { drop: {} }
            tracer: { open_telemetry_collector: { http: [ { address: "http://{{collector.Authority}}" } ] } }
            """);
        byte[][] spans = [.. collector.Received.SelectMany(r => ProtobufFields.At(r.Body, 1, 2, 2))];
        Assert.Equal(2, spans.Length);
        Assert.All(spans, s => Assert.Equal("0123456789ABCDEF0123456789ABCDEF", Trace(s)));
        Assert.Equal("0123456789ABCDEF", Parent(spans.Single(s => Name(s) == "input_generate")));
    }

    [Theory]
    [InlineData("broker: { inputs: [ { INPUT, processors: [ { mapping: \"root.inner = tracing_id()\" } ] } ] }")]
    [InlineData("resource: shared")]
    public async Task A_message_of_an_input_within_an_input_is_one_trace(string input)
    {
        const string Inner = """generate: { count: 1, interval: "", mapping: "root.id = 1" }""";
        await using CollectorStub collector = await CollectorStub.StartAsync();
        await RunAsync($$"""
            input: { {{input.Replace("INPUT", Inner, StringComparison.Ordinal)}} }
            input_resources: [ { label: shared, {{Inner}}, processors: [ { mapping: "root.inner = tracing_id()" } ] } ]
            pipeline: { processors: [ { mapping: "root = if this.inner != tracing_id() { throw(\"another trace\") }" } ] }
            output: { drop: {} }
            tracer: { open_telemetry_collector: { http: [ { address: "http://{{collector.Authority}}" } ] } }
            """);
        byte[][] spans = [.. collector.Received.SelectMany(r => ProtobufFields.At(r.Body, 1, 2, 2))];
        Assert.Single(spans.Select(Trace).Distinct());
        Assert.Contains(spans, s => Name(s) == "input_generate");
        Assert.DoesNotContain(spans, s => ProtobufFields.At(s, 11).Any());
    }

    [Theory]
    [InlineData("output: { http_client: { url: \"URL\" } }")]
    [InlineData("output: { http_client: { url: \"URL\", batch_form: lines } }")]
    [InlineData("pipeline: { processors: [ { http: { url: \"URL\" } } ] }\noutput: { drop: {} }")]
    public async Task A_request_carries_the_trace_on(string rest)
    {
        await using CollectorStub collector = await CollectorStub.StartAsync();
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        await RunAsync($$"""
            input:
              generate:
                count: 1
                interval: ""
                mapping: |
                  root.id = 1
                  meta Traceparent = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
                  meta Tracestate = "shop=7"
            {{rest.Replace("URL", server.Url, StringComparison.Ordinal)}}
            tracer: { open_telemetry_collector: { http: [ { address: "http://{{collector.Authority}}" } ] } }
            """);
        byte[][] spans = [.. collector.Received.SelectMany(r => ProtobufFields.At(r.Body, 1, 2, 2))];
        byte[] request = spans.Single(s => Name(s) == "http_request");
        Assert.Equal(Id(spans.Single(s => Name(s) == "input_generate")), Parent(request));
        IReadOnlyDictionary<string, string> headers = Assert.Single(server.Requests).Headers;
        Assert.Equal($"00-0123456789abcdef0123456789abcdef-{Id(request)}-01", headers["traceparent"], ignoreCase: true);
        Assert.Equal("shop=7", headers["tracestate"]);
    }

    [Fact]
    public async Task A_request_that_is_not_traced_carries_no_trace()
    {
        await using StubServer server = await StubServer.WithStatusesAsync(200);
        await RunAsync($$"""
            input: { generate: { count: 1, interval: "", mapping: root.id = 1 } }
            output: { http_client: { url: "{{server.Url}}" } }
            """);
        Assert.False(Assert.Single(server.Requests).Headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task The_trace_of_a_caller_goes_on_and_mappings_see_it()
    {
        await using CollectorStub collector = await CollectorStub.StartAsync();
        await using RunningService service = await RunningService.StartAsync($$"""
            input: { http_server: { path: /in } }
            pipeline: { processors: [ { mapping: "root.id = tracing_id()\nroot.span = tracing_span()" } ] }
            output: { sync_response: {} }
            tracer: { open_telemetry_collector: { http: [ { address: "http://{{collector.Authority}}" } ] } }
            """);
        var request = new HttpRequestMessage(HttpMethod.Post, "/in") { Content = new StringContent("{}") };
        request.Headers.Add("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
        request.Headers.Add("tracestate", "shop=7");
        using HttpResponseMessage response = await service.Client.SendAsync(request);
        string seen = await response.Content.ReadAsStringAsync();
        Assert.Matches("""^\{"id":"0123456789abcdef0123456789abcdef","span":\{"traceparent":"00-0123456789abcdef0123456789abcdef-[0-9a-f]{16}-01","tracestate":"shop=7"\}\}$""", seen);
    }

    [Fact]
    public async Task A_ratio_of_nought_sends_no_spans()
    {
        await using CollectorStub collector = await CollectorStub.StartAsync();
        await RunAsync($$"""
            input: { generate: { count: 20, interval: "", mapping: root.id = 1 } }
            output: { drop: {} }
            tracer: { open_telemetry_collector: { http: [ { address: "{{collector.Authority}}" } ], sampling: { enabled: true, ratio: 0 } } }
            """);
        Assert.Empty(collector.Received);
    }

    [Fact]
    public async Task Metrics_are_sent_at_the_end_at_the_latest()
    {
        await using CollectorStub collector = await CollectorStub.StartAsync();
        await RunAsync($$"""
            input: { generate: { count: 7, interval: "", mapping: root.id = 1 } }
            output: { label: sink, drop: {} }
            metrics:
              mapping: 'root = "shop_" + this'
              open_telemetry_collector: { push_interval: 1h, http: [ { address: "{{collector.Authority}}" } ] }
            """);
        Assert.All(collector.Received, r => Assert.Equal("POST /v1/metrics", r.Path));

        // ExportMetricsServiceRequest.resource_metrics = 1, .scope_metrics = 2, .metrics = 2; Metric.sum = 7, .data_points = 1, .as_int = 6.
        byte[][] metrics = [.. ProtobufFields.At(collector.Received[^1].Body, 1, 2, 2)];
        byte[] point = ProtobufFields.At(metrics.Single(m => ProtobufFields.Text(m, 1) == "shop_output_sent"), 7, 1).Single();
        Assert.Equal(7, ProtobufFields.Number(point, 6));
        Assert.Contains("sink", Encoding.UTF8.GetString(point));
        Assert.NotEmpty(ProtobufFields.At(metrics.Single(m => ProtobufFields.Text(m, 1) == "shop_output_latency_ns"), 9, 1));
    }

    [Fact]
    public async Task Metrics_are_pushed_to_a_gateway_and_written_to_a_file_at_the_end()
    {
        await using CollectorStub gateway = await CollectorStub.StartAsync();
        using var folder = new TemporaryFolder();
        await RunAsync($$"""
            input: { generate: { count: 7, interval: "", mapping: root.id = 1 } }
            output: { drop: {} }
            metrics: { prometheus: { push_url: "http://{{gateway.Authority}}", push_job_name: nightly, file_output_path: "{{folder.PathOf("metrics.txt")}}" } }
            """);
        string pushed = gateway.TextOf("PUT /metrics/job/nightly");
        Assert.Equal(7, ServiceTests.Value(pushed, "output_sent{label=\"\",path=\"root.output\"}"));
        Assert.Equal(7, ServiceTests.Value(folder.Read("metrics.txt"), "output_sent{label=\"\",path=\"root.output\"}"));
    }

    [Fact]
    public void A_collector_is_needed() => Assert.Contains("there is no collector to send to", PipelineTest.Lint("tracer: { open_telemetry_collector: {} }\n"));

    private static async Task RunAsync(string yaml)
    {
        await using RunningService service = await RunningService.StartAsync(yaml + "\nhttp: { enabled: false }\n");
        await service.Ended;
    }

    private static string Name(byte[] span) => ProtobufFields.Text(span, 5)!;

    private static string Trace(byte[] span) => Convert.ToHexString(ProtobufFields.At(span, 1).Single());

    private static string Id(byte[] span) => Convert.ToHexString(ProtobufFields.At(span, 2).Single());

    private static string Parent(byte[] span) => Convert.ToHexString(ProtobufFields.At(span, 4).Single());
}
