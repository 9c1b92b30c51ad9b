using System.Net;
using Mapping.Functions;
using MaxMind.Db;

namespace Mapping.Extras.Geo;

/// <summary>What a database can be asked for.</summary>
[Flags]
internal enum GeoContent
{
    None = 0,
    AnonymousIp = 1,
    Asn = 2,
    City = 4,
    ConnectionType = 8,
    Country = 16,
    Domain = 32,
    Enterprise = 64,
    Isp = 128,
}

/// <summary>An open database, wholly in memory; used by several threads.</summary>
internal sealed class GeoDatabase
{
    private readonly Reader reader;

    private GeoDatabase(Reader reader, GeoContent content)
    {
        this.reader = reader;
        Content = content;
    }

    public GeoContent Content { get; }

    /// <summary>As the database calls itself, such as <c>GeoLite2-City</c>.</summary>
    public string TypeName => reader.Metadata.DatabaseType;

    /// <summary>Opens the file named by the only parameter.</summary>
    public static Preparation Open(BuiltinServices services, string path)
    {
        try
        {
            var reader = new Reader(new MemoryStream(services.ReadFile(path)));
            GeoContent content = ContentOf(reader.Metadata.DatabaseType);
            return content == GeoContent.None
                ? Preparation.Refuse($"open {path}: databases of the type \"{reader.Metadata.DatabaseType}\" are not supported")
                : Preparation.Ready(new GeoDatabase(reader, content));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Preparation.Refuse($"open {path}: no such file or directory");
        }
#pragma warning disable CA1031 // A broken file makes the package throw whatever its offsets lead to.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Preparation.Refuse($"open {path}: {e.Message}");
        }
    }

    /// <summary>What is known of an address, or null when nothing is; false, with a reason, when the database cannot tell.</summary>
    public bool TryFind(IPAddress address, out Dictionary<string, object>? found, out string? error)
    {
        error = null;
        try
        {
            found = reader.Find<Dictionary<string, object>>(address);
            return true;
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            found = null;
            error = e.Message;
            return false;
        }
    }

    /// <summary>The kinds of MaxMind's databases, and of DB-IP's that call themselves compatible.</summary>
    private static GeoContent ContentOf(string type) => type switch
    {
        "GeoIP2-Anonymous-IP" => GeoContent.AnonymousIp,
        "GeoLite2-ASN" or "DBIP-ASN-Lite (compat=GeoLite2-ASN)" => GeoContent.Asn,
        "GeoIP2-Connection-Type" => GeoContent.ConnectionType,
        "GeoIP2-Domain" => GeoContent.Domain,
        "GeoIP2-Enterprise" or "DBIP-ISP (compat=Enterprise)" or "DBIP-Location-ISP (compat=Enterprise)" => GeoContent.Enterprise | GeoContent.City | GeoContent.Country,
        "GeoIP2-ISP" or "GeoIP2-Precision-ISP" => GeoContent.Isp | GeoContent.Asn,
        "GeoLite2-City" or "GeoIP2-City" or "GeoIP2-City-Africa" or "GeoIP2-City-Asia-Pacific" or "GeoIP2-City-Europe" or "GeoIP2-City-North-America"
            or "GeoIP2-City-South-America" or "GeoIP2-City-Shield" or "GeoIP2-City-Redacted-US" or "GeoIP2-Precision-City" or "GeoLite2-Country" or "GeoIP2-Country"
            or "DBIP-City" or "DBIP-City-Lite" or "DBIP-Country" or "DBIP-Country-Lite" or "DBIP-Location (compat=City)" => GeoContent.City | GeoContent.Country,
        _ => GeoContent.None,
    };
}
