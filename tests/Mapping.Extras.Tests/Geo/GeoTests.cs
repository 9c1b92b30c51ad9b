using Mapping.Extras.Geo;

namespace Mapping.Extras.Tests.Geo;

public sealed class GeoTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mapping-geo").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_city_has_all_fields_and_absent_ones_are_empty()
    {
        string file = Write("GeoLite2-City", new()
        {
            ["city"] = Map(("geoname_id", 2643743U), ("names", Map(("en", "London"), ("de", "London (DE)")))),
            ["country"] = Map(("iso_code", "GB"), ("is_in_european_union", true)),
            ["location"] = Map(("latitude", 51.5142), ("longitude", -0.0931), ("accuracy_radius", (ushort)10), ("time_zone", "Europe/London")),
            ["subdivisions"] = new object[] { Map(("iso_code", "ENG"), ("geoname_id", 6269131U)) },
        });
        const string expected =
            """
            {"City":{"GeoNameID":2643743,"Names":{"de":"London (DE)","en":"London"}},"Continent":{"Code":"","GeoNameID":0,"Names":null},"Country":{"GeoNameID":0,"IsInEuropeanUnion":true,"IsoCode":"GB","Names":null},"Location":{"AccuracyRadius":10,"Latitude":51.5142,"Longitude":-0.0931,"MetroCode":0,"TimeZone":"Europe/London"},"Postal":{"Code":""},"RegisteredCountry":{"GeoNameID":0,"IsInEuropeanUnion":false,"IsoCode":"","Names":null},"RepresentedCountry":{"GeoNameID":0,"IsInEuropeanUnion":false,"IsoCode":"","Names":null,"Type":""},"Subdivisions":[{"GeoNameID":6269131,"IsoCode":"ENG","Names":null}],"Traits":{"IsAnonymousProxy":false,"IsAnycast":false,"IsSatelliteProvider":false}}
            """;
        Assert.Equal(expected, Run.Mapping($"root = this.geoip_city(\"{file}\")", "\"81.2.69.142\""));
        Assert.Equal(expected, Run.Mapping($"root = this.geoip_city(\"{file}\")", "\"::ffff:81.2.69.142\""));
        Assert.Equal("\"GB\"", Quoted($"root = this.geoip_country(\"{file}\").Country.IsoCode", "\"81.2.69.142\""));
        Assert.Equal("[\"\",null,0]", Run.Mapping($"root = this.geoip_city(\"{file}\").(c -> [c.Country.IsoCode, c.Subdivisions, c.Location.Latitude])", "\"9.9.9.9\""));
        Assert.Equal("[\"\",null,0]", Run.Mapping($"root = this.geoip_city(\"{file}\").(c -> [c.Country.IsoCode, c.Subdivisions, c.Location.Latitude])", "\"2001:db8::1\""));
    }

    [Theory]
    [InlineData("asn", "GeoLite2-ASN", """{"AutonomousSystemNumber":5,"AutonomousSystemOrganization":"t"}""")]
    [InlineData("isp", "GeoIP2-ISP", """{"AutonomousSystemNumber":5,"AutonomousSystemOrganization":"t","ISP":"t","MobileCountryCode":"t","MobileNetworkCode":"t","Organization":"t"}""")]
    [InlineData("asn", "GeoIP2-ISP", """{"AutonomousSystemNumber":5,"AutonomousSystemOrganization":"t"}""")]
    [InlineData("anonymous_ip", "GeoIP2-Anonymous-IP", """{"IsAnonymous":true,"IsAnonymousVPN":true,"IsHostingProvider":true,"IsPublicProxy":true,"IsResidentialProxy":true,"IsTorExitNode":true}""")]
    [InlineData("connection_type", "GeoIP2-Connection-Type", """{"ConnectionType":"t"}""")]
    [InlineData("domain", "GeoIP2-Domain", """{"Domain":"t"}""")]
    public void Flat_databases_give_their_fields(string kind, string type, string expected)
    {
        IEnumerable<GeoField> fields = GeoShapes.Isp.Concat(GeoShapes.AnonymousIp).Concat(GeoShapes.ConnectionType).Concat(GeoShapes.Domain);
        string file = Write(type, fields.ToDictionary(f => f.Key, Sample));
        Assert.Equal(expected, Run.Mapping($"root = this.geoip_{kind}(\"{file}\")", "\"81.2.69.1\""));
    }

    [Fact]
    public void Every_field_of_the_enterprise_database_is_read()
    {
        string file = Write("GeoIP2-Enterprise", GeoShapes.Enterprise.ToDictionary(f => f.Key, Sample));
        string result = Run.Mapping($"root = this.geoip_enterprise(\"{file}\")", "\"81.2.69.1\"");
        Assert.Contains("\"StaticIPScore\":1.5,\"UserType\":\"t\"", result, StringComparison.Ordinal);
        Assert.DoesNotMatch("\"[A-Za-z]+\":(0|\"\"|false|null)", result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.4:80")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("16909060")]
    public void What_is_no_address_is_an_error(string text) =>
        Assert.Contains("valid v4 or v6 IP address", Run.Mapping($"root = this.geoip_asn(\"{Write("GeoLite2-ASN", [])}\")", $"\"{text}\""), StringComparison.Ordinal);

    [Fact]
    public void A_database_of_another_kind_is_an_error_that_can_be_caught()
    {
        string file = Write("GeoLite2-ASN", []);
        Assert.Contains("cannot read a database of the type GeoLite2-ASN", Run.Mapping($"root = this.geoip_city(\"{file}\")", "\"1.2.3.4\""), StringComparison.Ordinal);
        Assert.Equal("none", Run.Mapping($"root = this.geoip_city(\"{file}\").catch(\"none\")", "\"1.2.3.4\""));
    }

    [Fact]
    public void Files_that_cannot_be_read_are_refused_when_compiled()
    {
        Assert.Contains("no such file or directory", Run.Refusal("root = this.geoip_city(\"/no/such/file.mmdb\")"), StringComparison.Ordinal);
        Assert.Contains("the type \"Own\" are not supported", Run.Refusal($"root = this.geoip_city(\"{Write("Own", [])}\")"), StringComparison.Ordinal);
        string file = Path.Combine(folder, "text.mmdb");
        File.WriteAllText(file, "no database");
        Assert.Contains($"open {file}: ", Run.Refusal($"root = this.geoip_city(\"{file}\")"), StringComparison.Ordinal);
        Assert.Contains($"open {file}: ", Run.Mapping("root = this.ip.geoip_city(this.file)", $$"""{"ip":"1.2.3.4","file":"{{file}}"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_databases_never_throw()
    {
        byte[] whole = File.ReadAllBytes(Write("GeoIP2-Enterprise", GeoShapes.Enterprise.ToDictionary(f => f.Key, Sample)));
        var random = new Random(11);
        string file = Path.Combine(folder, "broken.mmdb");
        for (int round = 0; round < 200 * TestScale.Factor; round++)
        {
            byte[] broken = [.. whole];
            for (int i = 0; i < 8; i++)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(file, broken);
            Assert.NotEmpty(Run.Mapping("root = this.ip.geoip_enterprise(this.file)", $$"""{"ip":"81.2.69.1","file":"{{file}}"}"""));
        }
    }

    [Fact]
    public void Restricted_environments_do_not_have_them()
    {
        Assert.False(MappingEnvironment.Restricted.WithExtras().TryCompile("root = this.geoip_city(this.file)", out _, out _));
        Assert.True(MappingEnvironment.Restricted.WithExtras().TryCompile("root = this.slug()", out _, out _));
    }

    private static Dictionary<string, object> Map(params (string Key, object Value)[] members) => members.ToDictionary(m => m.Key, m => m.Value);

    /// <summary>A value for a field that is not the one of an absent field.</summary>
    private static object Sample(GeoField field) => field.Kind switch
    {
        GeoKind.Integer => 5U,
        GeoKind.Float => 1.5,
        GeoKind.Text => "t",
        GeoKind.Flag => true,
        GeoKind.Names => Map(("en", "n")),
        GeoKind.Group => field.Members.ToDictionary(f => f.Key, Sample),
        _ => new object[] { field.Members.ToDictionary(f => f.Key, Sample) },
    };

    private static string Quoted(string mapping, string input) => $"\"{Run.Mapping(mapping, input)}\"";

    private string Write(string type, Dictionary<string, object> record)
    {
        string file = Path.Combine(folder, $"{Guid.NewGuid():N}.mmdb");
        File.WriteAllBytes(file, new MmdbWriter(type).Add("81.2.69.0/24", record).ToArray());
        return file;
    }
}
