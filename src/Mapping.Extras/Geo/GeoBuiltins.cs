using System.Diagnostics.CodeAnalysis;
using System.Net;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Geo;

/// <summary>The <c>geoip_*</c> methods: one for each kind of database.</summary>
internal static class GeoBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        Make("city", "the city and its region, country and location", GeoContent.City, GeoShapes.City),
        Make("country", "the country and continent", GeoContent.Country, GeoShapes.Country),
        Make("enterprise", "what the Enterprise database knows", GeoContent.Enterprise, GeoShapes.Enterprise),
        Make("asn", "the number and the owner of the autonomous system", GeoContent.Asn, GeoShapes.Asn),
        Make("isp", "the provider and the organization", GeoContent.Isp, GeoShapes.Isp),
        Make("anonymous_ip", "whether and how the sender is hidden", GeoContent.AnonymousIp, GeoShapes.AnonymousIp),
        Make("connection_type", "the kind of connection", GeoContent.ConnectionType, GeoShapes.ConnectionType),
        Make("domain", "the domain of the second level", GeoContent.Domain, GeoShapes.Domain),
    ];

    private static Builtin Make(string kind, string gives, GeoContent content, IReadOnlyList<GeoField> fields) => BuiltinBuilder
        .Method($"geoip_{kind}", "GeoIP", $"Looks up an IP address in a MaxMind database (.mmdb) and gives {gives}. Fields that the database does not have are 0, \"\", false or null.")
        .FromConnect()
        .On(Accepts.LenientText)
        .Returns("object")
        .Impure()
        .Parameter("path", ParameterType.String, "The file of the database, from the working directory; read once when the path is a literal.")
        .Example("A file that cannot be opened is an error.", $"root = this.ip.geoip_{kind}(this.file).catch(\"no database\")", ("""{"ip":"81.2.69.142","file":"/no/such/file.mmdb"}""", "no database"))
        .Example("The names of the fields.", $"root = this.ip.geoip_{kind}(this.file).keys().catch([])", ("""{"ip":"81.2.69.142","file":"/no/such/file.mmdb"}""", "[]"))
        .Prepare(static (services, arguments) => GeoDatabase.Open(services, arguments[0].AsHostString()))
        .Body<GeoDatabase>((context, target, database, _) => Find(context, target, database, kind, content, fields));

    private static Value Find(EvaluationContext context, Value target, GeoDatabase database, string kind, GeoContent content, IReadOnlyList<GeoField> fields)
    {
        if (!TryAddress(target.AsHostString(), out IPAddress? address))
        {
            return Value.Fail($"value {TextForm.Preview(target)} does not appear to be a valid v4 or v6 IP address");
        }

        if (!database.Content.HasFlag(content))
        {
            return Value.Fail($"geoip_{kind} cannot read a database of the type {database.TypeName}");
        }

        return database.TryFind(address, out Dictionary<string, object>? found, out string? error)
            ? GeoRecord.Of(context, fields, found)
            : Value.Fail($"looking up {address}: {error}");
    }

    /// <summary>Four decimal numbers or the hexadecimal form; the platform would also take ports, zones and shortened forms.</summary>
    private static bool TryAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        bool isPlain = text.Contains(':', StringComparison.Ordinal)
            ? text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')
            : text.Split('.') is { Length: 4 } parts && parts.All(p => p.Length is > 0 and <= 3 && p.All(char.IsAsciiDigit) && (p.Length == 1 || p[0] != '0'));
        if (!isPlain || !IPAddress.TryParse(text, out address))
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return true;
    }
}
