using System.Globalization;
using Confluent.Kafka;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.Kafka;

/// <summary>How to reach a cluster.</summary>
/// <param name="Brokers">Each <c>host:port</c>.</param>
/// <param name="ClientId">The name told to brokers.</param>
/// <param name="RackId">Where the client is; empty when that does not matter.</param>
/// <param name="Tls">How connections are secured.</param>
/// <param name="Sasl">Null for no login.</param>
/// <param name="MetadataMaxAge">How long what is known of the cluster is trusted.</param>
/// <param name="IdleTimeout">After which an unused connection is closed; null for the client's own.</param>
/// <param name="Overhead">Added to the time-outs of requests; null for the client's own.</param>
/// <param name="ClientSettings">Settings of librdkafka by their own names; they win.</param>
internal sealed record KafkaConnection(
    IReadOnlyList<string> Brokers,
    string ClientId,
    string RackId,
    TlsClient Tls,
    KafkaSasl? Sasl,
    TimeSpan MetadataMaxAge,
    TimeSpan? IdleTimeout,
    TimeSpan? Overhead,
    IReadOnlyList<KeyValuePair<string, string>> ClientSettings)
{
    private const int RefusedPause = 1000;

    private static readonly Field<IReadOnlyList<string>> Addresses = Fields.Texts("addresses", "Brokers; an item may hold several, separated by commas.").Example("[\"localhost:9092\"]");
    private static readonly Field<IReadOnlyList<string>> SeedBrokers = Fields.Texts("seed_brokers", "Brokers; an item may hold several, separated by commas.").Example("[\"localhost:9092\"]");
    private static readonly Field<string> ClassicClientId = Fields.Text("client_id", "The name told to brokers.").Default("benthos").Advanced();
    private static readonly Field<string> FranzClientId = Fields.Text("client_id", "The name told to brokers.").Default("redpanda-connect").Advanced();
    private static readonly Field<string> Rack = Fields.Text("rack_id", "The rack of the client: the nearest replica is read.").Default("\"\"").Advanced();
    private static readonly Field<string> TargetVersion = Fields.Text("target_version", "Understood, without effect: the version of the protocol is agreed on with the broker.").Optional().Advanced();
    private static readonly Field<TimeSpan> MetadataAge = Fields.Duration("metadata_max_age", "How long what is known of the cluster is trusted; also how soon new topics are found.").Default("1m").Advanced();
    private static readonly Field<TimeSpan> RequestOverhead = Fields.Duration("request_timeout_overhead", "Added to the time-outs of requests.").Default("10s").Advanced();
    private static readonly Field<TimeSpan> ConnectionIdle = Fields.Duration("conn_idle_timeout", "After which an unused connection is closed.").Default("20s").Advanced();

    private static readonly Field<IReadOnlyList<KeyValuePair<string, string>>> Settings =
        Fields.Map("client_settings", Fields.TextValue, "Settings of the client library (librdkafka) by their own names. They win over all other fields.").Default("{}").Advanced().Secret().Example("{ \"socket.nagle.disable\": \"true\" }");

    public static IReadOnlyList<Field> ClassicFields { get; } = [Addresses, ClassicClientId, Rack, TargetVersion, TlsClient.Field, KafkaSasl.ClassicField, Settings];

    public static IReadOnlyList<Field> FranzFields { get; } = [SeedBrokers, FranzClientId, TlsClient.Field, KafkaSasl.FranzField, MetadataAge, RequestOverhead, ConnectionIdle, Settings];

    /// <summary>The field only inputs of the newer dialects have.</summary>
    public static Field<string> FranzRack => Rack;

    public static KafkaConnection Classic(FieldValues read) => new(
        Parts(read.Get(Addresses)),
        read.Get(ClassicClientId),
        read.Get(Rack),
        read.Get(TlsClient.Field),
        read.Get(KafkaSasl.ClassicField) is { Mechanism: not null } sasl ? sasl : null,
        TimeSpan.FromMinutes(1),
        null,
        null,
        read.Get(Settings));

    public static KafkaConnection Franz(FieldValues read, string rackId = "") => new(
        Parts(read.Get(SeedBrokers)),
        read.Get(FranzClientId),
        rackId,
        read.Get(TlsClient.Field),
        read.Get(KafkaSasl.FranzField) is [var sasl, ..] ? sasl : null,
        read.Get(MetadataAge),
        read.Get(ConnectionIdle),
        read.Get(RequestOverhead),
        read.Get(Settings));

    public static Breach? Check(FieldValues read, bool isClassic) =>
        !isClassic && read.Get(KafkaSasl.FranzField).Count > 1 ? new Breach("one way to log in is enough", KafkaSasl.FranzField, "keep the one that the brokers take")
        : read.Get(TlsClient.Field).Certificates.Count > 1 ? new Breach("a Kafka client has one certificate", TlsClient.Field, "keep one of client_certs")
        : null;

    /// <summary>The names of items that may hold several, separated by commas.</summary>
    public static IReadOnlyList<string> Parts(IReadOnlyList<string> items) =>
        [.. items.SelectMany(static i => i.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Called first, so that the settings of the role come on top; <see cref="ApplyOwn"/> comes last.</summary>
    public void ApplyTo(ClientConfig config)
    {
        config.BootstrapServers = string.Join(',', Brokers);
        config.ClientId = ClientId;
        config.MetadataMaxAgeMs = Milliseconds(MetadataMaxAge);
        config.TopicMetadataRefreshIntervalMs = Milliseconds(MetadataMaxAge);
        config.LogConnectionClose = false;
        if (RackId.Length > 0)
        {
            config.ClientRack = RackId;
        }

        if (IdleTimeout is { } idle)
        {
            config.ConnectionsMaxIdleMs = Milliseconds(idle);
        }

        config.SecurityProtocol = (Tls.Enabled, Sasl is not null) switch
        {
            (true, true) => SecurityProtocol.SaslSsl,
            (true, false) => SecurityProtocol.Ssl,
            (false, true) => SecurityProtocol.SaslPlaintext,
            _ => SecurityProtocol.Plaintext,
        };
        if (Sasl is not null)
        {
            Sasl.ApplyTo(config);

            // The client begins with its first addresses again when no broker is left, and with short pauses as well: twenty refused logins
            // a second, which some brokers answer by locking the user. The client refuses a shortest pause above the longest, so one who sets
            // either sets both.
            if (!ClientSettings.Any(static s => s.Key is "reconnect.backoff.ms" or "reconnect.backoff.max.ms"))
            {
                config.ReconnectBackoffMs = RefusedPause;
            }
        }

        ApplyTls(config);
    }

    public void ApplyOwn(ClientConfig config)
    {
        foreach ((string name, string value) in ClientSettings)
        {
            config.Set(name, value);
        }
    }

    public static int Milliseconds(TimeSpan time) => (int)Math.Clamp(time.TotalMilliseconds, 0, int.MaxValue);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", Brokers)}");

    private void ApplyTls(ClientConfig config)
    {
        if (!Tls.Enabled)
        {
            return;
        }

        config.EnableSslCertificateVerification = !Tls.SkipsVerification;
        config.SslCaPem = NullIfEmpty(Tls.RootsPem);
        config.SslCaLocation = NullIfEmpty(Tls.RootsFile);
        foreach (ClientCertificate own in Tls.Certificates)
        {
            config.SslCertificatePem = NullIfEmpty(own.CertificatePem);
            config.SslCertificateLocation = NullIfEmpty(own.CertificateFile);
            config.SslKeyPem = NullIfEmpty(own.KeyPem);
            config.SslKeyLocation = NullIfEmpty(own.KeyFile);
            config.SslKeyPassword = NullIfEmpty(own.Password);
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
