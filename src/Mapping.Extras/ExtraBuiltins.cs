using Mapping.Extras.Fake;
using Mapping.Extras.Geo;
using Mapping.Extras.Html;
using Mapping.Extras.MessagePack;
using Mapping.Extras.Parquet;
using Mapping.Extras.Passwords;
using Mapping.Extras.Paths;
using Mapping.Extras.Schemas;
using Mapping.Extras.Slugs;
using Mapping.Extras.Tokens;
using Mapping.Extras.Vectors;
using Mapping.Functions;

namespace Mapping.Extras;

/// <summary>Every builtin that needs a heavy package, by folder. A new one is added to its folder's list.</summary>
public static class ExtraBuiltins
{
    internal static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new("fake()", static () => FakeBuiltins.All),
        new(
            ".geoip_city .geoip_country .geoip_enterprise .geoip_asn .geoip_isp .geoip_anonymous_ip .geoip_connection_type "
            + ".geoip_domain",
            static () => GeoBuiltins.All),
        new(".strip_html", static () => HtmlBuiltins.All),
        new(".format_msgpack .parse_msgpack", static () => MessagePackBuiltins.All),
        new(".parse_parquet", static () => ParquetBuiltins.All),
        new(".compare_bcrypt .compare_argon2", static () => PasswordBuiltins.All),
        new(".json_path", static () => PathBuiltins.All),
        new(".json_schema", static () => SchemaBuiltins.All),
        new(".slug", static () => SlugBuiltins.All),
        new(
            ".parse_jwt_hs256 .sign_jwt_hs256 .parse_jwt_hs384 .sign_jwt_hs384 .parse_jwt_hs512 .sign_jwt_hs512 "
            + ".parse_jwt_rs256 .sign_jwt_rs256 .parse_jwt_rs384 .sign_jwt_rs384 .parse_jwt_rs512 .sign_jwt_rs512 "
            + ".parse_jwt_es256 .sign_jwt_es256 .parse_jwt_es384 .sign_jwt_es384 .parse_jwt_es512 .sign_jwt_es512",
            static () => TokenBuiltins.All),
        new(".vector", static () => VectorBuiltins.All),
    ];

    /// <summary>The environment with these builtins too; a restricted one gets those that reach nothing outside of the message.</summary>
    public static MappingEnvironment WithExtras(this MappingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.With(All);
    }
}
