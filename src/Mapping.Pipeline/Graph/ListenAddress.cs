using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Mapping.Pipeline.Graph;

/// <summary>Where a server listens: a host and a port; an empty host is every one.</summary>
/// <param name="Host">Null for the loopback addresses of this machine by name.</param>
/// <param name="Port">0 for any that is free.</param>
internal sealed record ListenAddress(IPAddress? Host, int Port)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        int colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > ushort.MaxValue)
        {
            return false;
        }

        string host = text[..colon].Trim('[', ']');
        if (host is "localhost")
        {
            address = new ListenAddress(null, port);
            return true;
        }

        if (host is "" or "0.0.0.0")
        {
            address = new ListenAddress(IPAddress.Any, port);
            return true;
        }

        if (!IPAddress.TryParse(host, out IPAddress? ip))
        {
            return false;
        }

        address = new ListenAddress(ip, port);
        return true;
    }
}
