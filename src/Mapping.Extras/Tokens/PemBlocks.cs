using System.Security.Cryptography;
using System.Text;

namespace Mapping.Extras.Tokens;

/// <summary>Reads keys from PEM text whatever their label says; tools do not agree on labels.</summary>
internal static class PemBlocks
{
    /// <summary>What the first block that <paramref name="import"/> understands holds, or null.</summary>
    public static T? First<T>(ReadOnlySpan<byte> pem, Func<byte[], T?> import)
        where T : class
    {
        ReadOnlySpan<char> rest = Encoding.UTF8.GetString(pem);
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            var content = new byte[fields.DecodedDataLength];
            if (Convert.TryFromBase64Chars(rest[fields.Base64Data], content, out int written) && import(content[..written]) is { } found)
            {
                return found;
            }

            rest = rest[fields.Location.End..];
        }

        return null;
    }

    /// <summary>Whether an import of the platform succeeds, which it says by not throwing.</summary>
    public static bool Succeeds(Action import)
    {
        try
        {
            import();
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
