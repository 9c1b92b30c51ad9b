namespace Mapping.Extras.Geo;

/// <summary>The fields that each method gives.</summary>
internal static class GeoShapes
{
    private static readonly GeoField GeoNameId = new("GeoNameID", "geoname_id", GeoKind.Integer);
    private static readonly GeoField Confidence = new("Confidence", "confidence", GeoKind.Integer);
    private static readonly GeoField Names = new("Names", "names", GeoKind.Names);
    private static readonly GeoField IsoCode = new("IsoCode", "iso_code", GeoKind.Text);
    private static readonly GeoField Code = new("Code", "code", GeoKind.Text);
    private static readonly GeoField InUnion = new("IsInEuropeanUnion", "is_in_european_union", GeoKind.Flag);
    private static readonly GeoField Number = new("AutonomousSystemNumber", "autonomous_system_number", GeoKind.Integer);
    private static readonly GeoField Organization = new("AutonomousSystemOrganization", "autonomous_system_organization", GeoKind.Text);
    private static readonly GeoField Provider = new("ISP", "isp", GeoKind.Text);
    private static readonly GeoField MobileCountry = new("MobileCountryCode", "mobile_country_code", GeoKind.Text);
    private static readonly GeoField MobileNetwork = new("MobileNetworkCode", "mobile_network_code", GeoKind.Text);
    private static readonly GeoField Company = new("Organization", "organization", GeoKind.Text);
    private static readonly GeoField Connection = new("ConnectionType", "connection_type", GeoKind.Text);
    private static readonly GeoField DomainName = new("Domain", "domain", GeoKind.Text);
    private static readonly GeoField IsProxy = new("IsAnonymousProxy", "is_anonymous_proxy", GeoKind.Flag);
    private static readonly GeoField IsAnycast = new("IsAnycast", "is_anycast", GeoKind.Flag);
    private static readonly GeoField IsSatellite = new("IsSatelliteProvider", "is_satellite_provider", GeoKind.Flag);

    private static readonly GeoField Continent = Group("Continent", "continent", Code, GeoNameId, Names);
    private static readonly GeoField Represented =
        Group("RepresentedCountry", "represented_country", GeoNameId, InUnion, IsoCode, Names, new GeoField("Type", "type", GeoKind.Text));

    private static readonly GeoField Location = Group(
        "Location",
        "location",
        new GeoField("AccuracyRadius", "accuracy_radius", GeoKind.Integer),
        new GeoField("Latitude", "latitude", GeoKind.Float),
        new GeoField("Longitude", "longitude", GeoKind.Float),
        new GeoField("MetroCode", "metro_code", GeoKind.Integer),
        new GeoField("TimeZone", "time_zone", GeoKind.Text));

    public static IReadOnlyList<GeoField> Asn { get; } = [Number, Organization];

    public static IReadOnlyList<GeoField> Isp { get; } = [Number, Organization, Provider, MobileCountry, MobileNetwork, Company];

    public static IReadOnlyList<GeoField> ConnectionType { get; } = [Connection];

    public static IReadOnlyList<GeoField> Domain { get; } = [DomainName];

    public static IReadOnlyList<GeoField> AnonymousIp { get; } =
    [
        new("IsAnonymous", "is_anonymous", GeoKind.Flag),
        new("IsAnonymousVPN", "is_anonymous_vpn", GeoKind.Flag),
        new("IsHostingProvider", "is_hosting_provider", GeoKind.Flag),
        new("IsPublicProxy", "is_public_proxy", GeoKind.Flag),
        new("IsResidentialProxy", "is_residential_proxy", GeoKind.Flag),
        new("IsTorExitNode", "is_tor_exit_node", GeoKind.Flag),
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
            new GeoField("IsLegitimateProxy", "is_legitimate_proxy", GeoKind.Flag),
            IsSatellite,
            Provider,
            MobileCountry,
            MobileNetwork,
            Company,
            new GeoField("StaticIPScore", "static_ip_score", GeoKind.Float),
            new GeoField("UserType", "user_type", GeoKind.Text)),
    ];

    private static GeoField Group(string name, string key, params GeoField[] members) => new(name, key, GeoKind.Group) { Members = members };

    private static GeoField List(string name, string key, params GeoField[] members) => new(name, key, GeoKind.List) { Members = members };
}
