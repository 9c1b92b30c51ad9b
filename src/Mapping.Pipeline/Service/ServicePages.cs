using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Reference;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Service;

internal sealed record PageAnswer(int Status, string ContentType, string Content);

internal sealed record ServicePage(string Description, Func<PageAnswer> Answer);

/// <summary>What the HTTP server of a run answers.</summary>
internal sealed class ServicePages
{
    private const string Json = "application/json";
    private const string PlainText = "text/plain; charset=utf-8";

    private readonly SortedDictionary<string, ServicePage> pages = new(StringComparer.Ordinal);

    private readonly HttpEndpoints endpoints;

    public ServicePages(PipelineService service)
    {
        endpoints = service.Endpoints;
        pages.Add("/ping", new("Answers while the process lives.", static () => new(200, PlainText, "pong")));
        pages.Add("/ready", new("200 while input and output are connected, otherwise 503; says why.", () => Ready(service.Connections)));
        pages.Add("/version", new("The version of the program.", static () => new(200, Json, Version())));
        pages.Add("/endpoints", new("This list.", () => new(200, Json, Endpoints())));
        if (service.MetricPage is { } metrics)
        {
            var page = new ServicePage("Metrics.", () => new(200, metrics.ContentType, metrics.Write()));
            pages.Add("/metrics", page);
            pages.Add("/stats", page);
        }

        if (service.Graph.Service.Http.HasDebugPages)
        {
            pages.Add("/debug/config/yaml", new("The configuration with defaults, secrets masked.", () => new(200, "application/yaml", Echo.ToYaml(service.Graph))));
            pages.Add("/debug/config/json", new("The configuration with defaults, secrets masked.", () => new(200, Json, Echo.ToJson(service.Graph))));
        }
    }

    public ServicePage? Find(string path) => pages.GetValueOrDefault(path);

    private static PageAnswer Ready(ConnectionBoard connections)
    {
        bool isReady = connections.AreReady();
        return new PageAnswer(isReady ? 200 : 503, Json, Text(json =>
        {
            if (!isReady)
            {
                json.WriteString("error", "not every input and output is connected");
            }

            json.WriteStartArray("statuses");
            foreach (ConnectionStatus status in connections.Statuses())
            {
                json.WriteStartObject();
                json.WriteString("label", status.Label);
                json.WriteString("path", status.Path);
                json.WriteBoolean("connected", status.IsConnected);
                if (status.Problem is { } problem)
                {
                    json.WriteString("error", problem);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
    }

    private static string Version()
    {
        string version = typeof(ServicePages).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? string.Empty;
        string file = typeof(ServicePages).Assembly.Location;
        return Text(json =>
        {
            json.WriteString("version", version);
            json.WriteString("built", file.Length == 0 ? string.Empty : File.GetLastWriteTimeUtc(file).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        });
    }

    private string Endpoints() => Text(json =>
    {
        foreach ((string path, ServicePage page) in pages)
        {
            json.WriteString(path, page.Description);
        }

        foreach ((string path, string description) in endpoints.All)
        {
            json.WriteString(path, description);
        }
    });

    private static string Text(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
