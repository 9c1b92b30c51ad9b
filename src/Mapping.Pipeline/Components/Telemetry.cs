using Mapping.Pipeline.Config;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;

namespace Mapping.Pipeline.Components;

/// <summary>Where an OpenTelemetry collector is.</summary>
internal sealed record CollectorAddress(string Address, bool IsSecure, bool IsGrpc)
{
    /// <param name="signal"><c>traces</c> or <c>metrics</c>.</param>
    public Uri For(string signal)
    {
        string whole = Address.Contains("://", StringComparison.Ordinal) ? Address : $"{(IsSecure ? "https" : "http")}://{Address}";
        return new Uri(IsGrpc ? whole : $"{whole.TrimEnd('/')}/v1/{signal}");
    }
}

/// <summary>What metrics and traces for OpenTelemetry collectors have in common.</summary>
internal sealed record TelemetryOptions(string Service, IReadOnlyList<KeyValuePair<string, string>> Tags, IReadOnlyList<CollectorAddress> Collectors)
{
    private static readonly Field<string> Address = Fields.Text("address", "Host and port of the collector.").Example("localhost:4318");
    private static readonly Field<bool> Secure = Fields.Bool("secure", "Connect with TLS.").Default("false");

    public static Field<string> ServiceField { get; } = Fields.Text("service", "The name of the service that the numbers and spans belong to.").Default("benthos");

    public static Field<IReadOnlyList<KeyValuePair<string, string>>> TagsField { get; } =
        Fields.Map("tags", Fields.TextValue, "Attributes of the service.").Default("{}").Advanced().Example("{ region: north }");

    public static Field<IReadOnlyList<CollectorAddress>> HttpField { get; } =
        Fields.List("http", AddressShape(isGrpc: false), "Collectors that are sent to by HTTP, as protobuf; usually at port 4318.").Default("[]").Example("[ { address: localhost:4318 } ]");

    public static Field<IReadOnlyList<CollectorAddress>> GrpcField { get; } =
        Fields.List("grpc", AddressShape(isGrpc: true), "Collectors that are sent to by gRPC; usually at port 4317.").Default("[]");

    public static TelemetryOptions Read(FieldValues read) => new(read.Get(ServiceField), read.Get(TagsField), [.. read.Get(HttpField), .. read.Get(GrpcField)]);

    public static Breach? NeedsCollector(TelemetryOptions options) =>
        options.Collectors.Count == 0 ? new Breach("there is no collector to send to", HttpField, "as in http: [ { address: localhost:4318 } ]") : null;

    public ResourceBuilder ResourceOf() =>
        ResourceBuilder.CreateEmpty().AddService(Service, autoGenerateServiceInstanceId: false).AddAttributes(Tags.Select(t => KeyValuePair.Create(t.Key, (object)t.Value)));

    public static void Configure(OtlpExporterOptions exporter, CollectorAddress collector, string signal)
    {
        exporter.Endpoint = collector.For(signal);
        exporter.Protocol = collector.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
    }

    private static Shape<CollectorAddress> AddressShape(bool isGrpc) => new Shape<CollectorAddress>(
        [Address, Secure],
        read => new CollectorAddress(read.Get(Address), read.Get(Secure), isGrpc))
        .Rule(static (collector, _) => Uri.TryCreate("http://" + collector.Address, UriKind.Absolute, out Uri? _) || Uri.TryCreate(collector.Address, UriKind.Absolute, out Uri? _)
            ? null
            : new Breach($"\"{collector.Address}\" is no address", Address, "a host and a port, as in localhost:4318"));
}
