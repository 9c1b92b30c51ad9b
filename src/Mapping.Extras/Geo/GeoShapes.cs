using static Mapping.Extras.Geo.GeoKind;

namespace Mapping.Extras.Geo;

/// <summary>The fields that each method gives.</summary>
internal static class GeoShapes
{
    private static readonly GeoField GeoNameId = new("GeoNameID", "geoname_id", Integer);
    private static readonly GeoField Confidence = new("Confidence", "confidence", Integer);
    private static readonly GeoField Names = new("Names", "names", GeoKind.Names);
    private static readonly GeoField IsoCode = new("IsoCode", "iso_code", Text);
    private static readonly GeoField Code = new("Code", "code", Text);
    private static readonly GeoField InUnion = new("IsInEuropeanUnion", "is_in_european_union", Flag);
    private static readonly GeoField Number = new("AutonomousSystemNumber", "autonomous_system_number", Integer);
    private static readonly GeoField Organization = new("AutonomousSystemOrganization", "autonomous_system_organization", Text);
    private static readonly GeoField Provider = new("ISP", "isp", Text);
    private static readonly GeoField MobileCountry = new("MobileCountryCode", "mobile_country_code", Text);
    private static readonly GeoField MobileNetwork = new("MobileNetworkCode", "mobile_network_code", Text);
    private static readonly GeoField Company = new("Organization", "organization", Text);
    private static readonly GeoField Connection = new("ConnectionType", "connection_type", Text);
    private static readonly GeoField DomainName = new("Domain", "domain", Text);
    private static readonly GeoField IsProxy = new("IsAnonymousProxy", "is_anonymous_proxy", Flag);
    private static readonly GeoField IsAnycast = new("IsAnycast", "is_anycast", Flag);
    private static readonly GeoField IsSatellite = new("IsSatelliteProvider", "is_satellite_provider", Flag);

    private static readonly GeoField Continent = Group("Continent", "continent", Code, GeoNameId, Names);
    private static readonly GeoField Represented =
        Group("RepresentedCountry", "represented_country", GeoNameId, InUnion, IsoCode, Names, new GeoField("Type", "type", Text));

    private static readonly GeoField Location = Group(
        "Location",
        "location",
        new GeoField("AccuracyRadius", "accuracy_radius", Integer),
        new GeoField("Latitude", "latitude", Float),
        new GeoField("Longitude", "longitude", Float),
        new GeoField("MetroCode", "metro_code", Integer),
        new GeoField("TimeZone", "time_zone", Text));

    public static IReadOnlyList<GeoField> Asn { get; } = [Number, Organization];

    public static IReadOnlyList<GeoField> Isp { get; } = [Number, Organization, Provider, MobileCountry, MobileNetwork, Company];

    public static IReadOnlyList<GeoField> ConnectionType { get; } = [Connection];

    public static IReadOnlyList<GeoField> Domain { get; } = [DomainName];

    public static IReadOnlyList<GeoField> AnonymousIp { get; } =
    [
        new("IsAnonymous", "is_anonymous", Flag),
        new("IsAnonymousVPN", "is_anonymous_vpn", Flag),
        new("IsHostingProvider", "is_hosting_provider", Flag),
        new("IsPublicProxy", "is_public_proxy", Flag),
        new("IsResidentialProxy", "is_residential_proxy", Flag),
        new("IsTorExitNode", "is_tor_exit_node", Flag),
    ];

    public static IReadOnlyList<GeoField> Country { get; } =
    [
        Continent,
        Group("Country", "country", GeoNameId, InUnion, IsoCode, Names),
        Group("RegisteredCountry", "registered_country", GeoNameId, InUnion, IsoCode, Names),
        Represented,
        Group("Traits", "traits", IsProxy, IsAnycast, IsSatellite),
    ];

    public static IReadOnlyList<GeoField> City { get; } =
    [
        Group("City", "city", GeoNameId, Names),
        .. Country.Take(2),
        Location,
        Group("Postal", "postal", Code),
        .. Country.Skip(2).Take(2),
        List("Subdivisions", "subdivisions", GeoNameId, IsoCode, Names),
        Country[^1],
    ];

    public static IReadOnlyList<GeoField> Enterprise { get; } =
    [
        Group("City", "city", Confidence, GeoNameId, Names),
        Continent,
        Group("Country", "country", GeoNameId, IsoCode, Names, Confidence, InUnion),
        Location,
        Group("Postal", "postal", Code, Confidence),
        Group("RegisteredCountry", "registered_country", GeoNameId, IsoCode, Names, Confidence, InUnion),
        Represented,
        List("Subdivisions", "subdivisions", Confidence, GeoNameId, IsoCode, Names),
        Group(
            "Traits",
            "traits",
            Number,
            Organization,
            Connection,
            DomainName,
            IsProxy,
            IsAnycast,
            new GeoField("IsLegitimateProxy", "is_legitimate_proxy", Flag),
            IsSatellite,
            Provider,
            MobileCountry,
            MobileNetwork,
            Company,
            new GeoField("StaticIPScore", "static_ip_score", Float),
            new GeoField("UserType", "user_type", Text)),
    ];

    private static GeoField Group(string name, string key, params GeoField[] members) => new(name, key, GeoKind.Group) { Members = members };

    private static GeoField List(string name, string key, params GeoField[] members) => new(name, key, GeoKind.List) { Members = members };
}
