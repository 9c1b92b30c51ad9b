using Mapping.Functions;

namespace Mapping.Cli.Catalogue;

/// <summary>The native binary does without the packages of Mapping.Extras. It knows the names of what it lacks, to say so.</summary>
internal static class NativeEdition
{
    // Kept in step with Mapping.Extras by a test.
    private static readonly string[] Functions = ["fake"];

    private static readonly string[] Methods =
    [
        "compare_argon2",
        "compare_bcrypt",
        "format_msgpack",
        "geoip_anonymous_ip",
        "geoip_asn",
        "geoip_city",
        "geoip_connection_type",
        "geoip_country",
        "geoip_domain",
        "geoip_enterprise",
        "geoip_isp",
        "json_path",
        "json_schema",
        "parse_jwt_es256",
        "parse_jwt_es384",
        "parse_jwt_es512",
        "parse_jwt_hs256",
        "parse_jwt_hs384",
        "parse_jwt_hs512",
        "parse_jwt_rs256",
        "parse_jwt_rs384",
        "parse_jwt_rs512",
        "parse_msgpack",
        "parse_parquet",
        "sign_jwt_es256",
        "sign_jwt_es384",
        "sign_jwt_es512",
        "sign_jwt_hs256",
        "sign_jwt_hs384",
        "sign_jwt_hs512",
        "sign_jwt_rs256",
        "sign_jwt_rs384",
        "sign_jwt_rs512",
        "slug",
        "strip_html",
        "vector",
    ];

    public static EditionGap Gap { get; } =
        new("the native edition", "use the .NET tool", Functions.ToHashSet(), Methods.ToHashSet());
}
