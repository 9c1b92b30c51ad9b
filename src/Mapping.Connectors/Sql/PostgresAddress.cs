using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Mapping.Connectors.Sql;

/// <summary>
/// Data source names of PostgreSQL, as a URL or as pairs, in the words of its own clients. What is wrong with one is told by its
/// position: any part of a name that is not understood may be a part of the password.
/// </summary>
internal static class PostgresAddress
{
    public static bool TryRead(string dsn, [NotNullWhen(true)] out NpgsqlConnectionStringBuilder? address, [NotNullWhen(false)] out string? problem)
    {
        var found = new NpgsqlConnectionStringBuilder { Host = "localhost", IncludeErrorDetail = false };
        try
        {
            foreach ((int at, string name, string value) in dsn.Contains("://", StringComparison.Ordinal) ? OfUrl(dsn) : OfPairs(dsn))
            {
                Set(found, at, name, value);
            }
        }
        catch (FormatException error)
        {
            address = null;
            problem = error.Message;
            return false;
        }

        address = found;
        problem = null;
        return true;
    }

    private static IEnumerable<(int At, string Name, string Value)> OfUrl(string dsn)
    {
        int authority = dsn.IndexOf("://", StringComparison.Ordinal) + 3;
        if (dsn[..authority] is not ("postgres://" or "postgresql://"))
        {
            throw new FormatException("it holds \"://\" and does not begin with postgres:// or postgresql://");
        }

        string rest = dsn[authority..];
        int question = rest.IndexOf('?', StringComparison.Ordinal);
        string query = question < 0 ? string.Empty : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];
        int at = rest.LastIndexOf('@');
        int slash = rest.IndexOf('/', Math.Max(at, 0));
        string hosts = rest[(at + 1)..(slash < 0 ? rest.Length : slash)];
        if (at >= 0)
        {
            string[] login = rest[..at].Split(':', 2);
            yield return (authority, "user", Decoded(login[0]));
            if (login.Length == 2)
            {
                yield return (authority + login[0].Length + 1, "password", Decoded(login[1]));
            }
        }

        if (hosts.Length > 0)
        {
            yield return (authority + at + 1, "host", Decoded(hosts));
        }

        if (slash >= 0 && slash + 1 < rest.Length)
        {
            yield return (authority + slash + 1, "dbname", Decoded(rest[(slash + 1)..]));
        }

        int start = authority + question + 1;
        foreach (string pair in query.Split('&'))
        {
            if (pair.Length > 0)
            {
                string[] parts = pair.Split('=', 2);
                yield return (start, Decoded(parts[0]), parts.Length == 2 ? Decoded(parts[1]) : throw new FormatException($"the parameter {Place(start)} has no value"));
            }

            start += pair.Length + 1;
        }
    }

    /// <summary><c>host=db password='a b'</c>: values may be quoted, and <c>\</c> takes the next character as it is.</summary>
    private static IEnumerable<(int At, string Name, string Value)> OfPairs(string dsn)
    {
        int at = 0;
        while (true)
        {
            while (at < dsn.Length && char.IsWhiteSpace(dsn[at]))
            {
                at++;
            }

            if (at == dsn.Length)
            {
                yield break;
            }

            int start = at;
            int equals = dsn.IndexOf('=', at);
            if (equals < 0)
            {
                throw new FormatException($"\"=\" and a value are missing after the name {Place(at)}");
            }

            string name = dsn[at..equals].Trim();
            at = equals + 1;
            yield return (start, name, ReadValue(dsn, ref at));
        }
    }

    private static string ReadValue(string dsn, ref int at)
    {
        while (at < dsn.Length && char.IsWhiteSpace(dsn[at]))
        {
            at++;
        }

        int start = at;
        bool isQuoted = at < dsn.Length && dsn[at] == '\'';
        at += isQuoted ? 1 : 0;
        var value = new StringBuilder();
        for (; at < dsn.Length && (isQuoted ? dsn[at] != '\'' : !char.IsWhiteSpace(dsn[at])); at++)
        {
            at += dsn[at] == '\\' && at + 1 < dsn.Length ? 1 : 0;
            value.Append(dsn[at]);
        }

        if (isQuoted && at++ == dsn.Length)
        {
            throw new FormatException($"the quote {Place(start)} is not closed");
        }

        return value.ToString();
    }

    private static void Set(NpgsqlConnectionStringBuilder address, int at, string name, string value)
    {
        if (name.Length == 0)
        {
            throw new FormatException($"the parameter {Place(at)} has no name");
        }

        try
        {
            Set(address, name, value);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException or InvalidCastException or KeyNotFoundException)
        {
            // The text of the driver may hold the value.
            string range = name == "sslmode" ? "; known are disable, allow, prefer, require, verify-ca, verify-full" : string.Empty;
            throw new FormatException($"the parameter {Place(at)} has a value that it cannot have{range}", error);
        }
    }

    private static void Set(NpgsqlConnectionStringBuilder address, string name, string value)
    {
        switch (name)
        {
            case "host":
                address.Host = value;
                break;
            case "port":
                address.Port = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                break;
            case "user":
                address.Username = value;
                break;
            case "password":
                address.Password = value;
                break;
            case "dbname" or "database":
                address.Database = value;
                break;
            case "sslmode":
                address.SslMode = SslModeOf(value);
                break;
            case "sslrootcert":
                address.RootCertificate = value;
                break;
            case "sslcert":
                address.SslCertificate = value;
                break;
            case "sslkey":
                address.SslKey = value;
                break;
            case "sslpassword":
                address.SslPassword = value;
                break;
            case "connect_timeout":
                address.Timeout = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                break;
            case "application_name" or "fallback_application_name":
                address.ApplicationName = value;
                break;
            case "search_path":
                address.SearchPath = value;
                break;
            case "target_session_attrs":
                address["Target Session Attributes"] = value;
                break;
            case "options":
                AddOptions(address, value);
                break;
            case "client_encoding":
                break;
            default:
                // Anything else is a setting of the session, as for the clients of the server itself.
                AddOptions(address, $"-c {name}={value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal)}");
                break;
        }
    }

    private static void AddOptions(NpgsqlConnectionStringBuilder address, string options) =>
        address.Options = string.IsNullOrEmpty(address.Options) ? options : address.Options + " " + options;

    private static SslMode SslModeOf(string text) => text switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException("no mode of SSL"),
    };

    /// <summary>For people, who count from one.</summary>
    private static string Place(int at) => string.Create(CultureInfo.InvariantCulture, $"at character {at + 1}");

    private static string Decoded(string text) => Uri.UnescapeDataString(text);
}
