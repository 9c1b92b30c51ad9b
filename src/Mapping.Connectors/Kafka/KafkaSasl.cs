using System.Text;
using Confluent.Kafka;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.Kafka;

/// <summary>How a client proves who it is.</summary>
/// <param name="Mechanism">Null for not at all.</param>
/// <param name="User">Of PLAIN and SCRAM.</param>
/// <param name="Password">Of PLAIN and SCRAM.</param>
/// <param name="Token">Of OAUTHBEARER.</param>
/// <param name="TokenCache">The cache that holds the token instead; empty for none.</param>
/// <param name="TokenKey">Of the token in that cache.</param>
/// <param name="Extensions">Of OAUTHBEARER.</param>
internal sealed record KafkaSasl(
    SaslMechanism? Mechanism,
    string User,
    string Password,
    string Token,
    string TokenCache,
    string TokenKey,
    IReadOnlyList<KeyValuePair<string, string>> Extensions)
{
    private static readonly (string, SaslMechanism?)[] Mechanisms =
    [
        ("PLAIN", SaslMechanism.Plain),
        ("SCRAM-SHA-256", SaslMechanism.ScramSha256),
        ("SCRAM-SHA-512", SaslMechanism.ScramSha512),
        ("OAUTHBEARER", SaslMechanism.OAuthBearer),
    ];

    private static readonly Field<SaslMechanism?> ClassicMechanism =
        Fields.Choice<SaslMechanism?>("mechanism", "How to log in.", [("none", null), .. Mechanisms]).Default("none");

    private static readonly Field<SaslMechanism?> FranzMechanism = Fields.Choice("mechanism", "How to log in.", Mechanisms);
    private static readonly Field<string> ClassicUser = Fields.Text("user", "The user of PLAIN and SCRAM.").Default("\"\"");
    private static readonly Field<string> FranzUser = Fields.Text("username", "The user of PLAIN and SCRAM.").Default("\"\"");
    private static readonly Field<string> Pass = Fields.Text("password", "The password of PLAIN and SCRAM.").Default("\"\"").Secret();
    private static readonly Field<string> ClassicToken = Fields.Text("access_token", "The token of OAUTHBEARER.").Default("\"\"").Secret();
    private static readonly Field<string> FranzToken = Fields.Text("token", "The token of OAUTHBEARER.").Default("\"\"").Secret();
    private static readonly Field<string> CacheLabel = Fields.OptionalResource("token_cache", ComponentKind.Cache, "A cache with the token, read whenever one is needed.");
    private static readonly Field<string> CacheKey = Fields.Text("token_key", "The key of the token in the cache.").Default("\"\"");

    private static readonly Field<IReadOnlyList<KeyValuePair<string, string>>> Extra =
        Fields.Map("extensions", Fields.TextValue, "Extensions of OAUTHBEARER.").Default("{}").Advanced();

    public static Field<KafkaSasl> ClassicField { get; } = Fields.Group(
        "sasl",
        new Shape<KafkaSasl>(
            [ClassicMechanism, ClassicUser, Pass, ClassicToken, CacheLabel, CacheKey],
            static read => new KafkaSasl(read.Get(ClassicMechanism), read.Get(ClassicUser), read.Get(Pass), read.Get(ClassicToken), read.Get(CacheLabel) ?? string.Empty, read.Get(CacheKey), [])),
        "How to log in.").Default("{}").Advanced();

    public static Field<IReadOnlyList<KafkaSasl>> FranzField { get; } = Fields.List(
        "sasl",
        new Shape<KafkaSasl>(
            [FranzMechanism, FranzUser, Pass, FranzToken, Extra],
            static read => new KafkaSasl(read.Get(FranzMechanism), read.Get(FranzUser), read.Get(Pass), read.Get(FranzToken), string.Empty, string.Empty, read.Get(Extra))),
        "How to log in; at most one way.").Default("[]").Advanced();

    /// <summary>For messages to people: never with what is secret.</summary>
    public string Who
    {
        get
        {
            string mechanism = Mechanisms.First(m => m.Item2 == Mechanism).Item1;
            return Mechanism == SaslMechanism.OAuthBearer ? $"a token by {mechanism}" : $"user \"{User}\" by {mechanism}";
        }
    }

    public void ApplyTo(ClientConfig config)
    {
        config.SaslMechanism = Mechanism;
        if (Mechanism is not null and not SaslMechanism.OAuthBearer)
        {
            config.SaslUsername = User;
            config.SaslPassword = Password;
        }
    }

    /// <summary>Gives a client the token it asks for.</summary>
    public void GiveToken(IClient client, IComponentContext context)
    {
        try
        {
            string token = Token;
            if (TokenCache.Length > 0)
            {
                // The client asks on a thread of its own and takes no promise for an answer.
                ReadOnlyMemory<byte>? kept = context.Resources.Cache(TokenCache).GetAsync(TokenKey, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                token = kept is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : throw new InvalidOperationException($"the cache {TokenCache} has no key \"{TokenKey}\"");
            }

            // A given token is good until the broker says otherwise; one of a cache may be replaced there.
            TimeSpan lifetime = TokenCache.Length > 0 ? TimeSpan.FromMinutes(5) : TimeSpan.FromDays(365);
            client.OAuthBearerSetToken(token, context.Clock.GetUtcNow().Add(lifetime).ToUnixTimeMilliseconds(), User, Extensions.ToDictionary());
        }
#pragma warning disable CA1031 // Whatever stands in the way of the token is the failure of the login.
        catch (Exception error)
#pragma warning restore CA1031
        {
            client.OAuthBearerSetTokenFailure(error.Message);
        }
    }
}
