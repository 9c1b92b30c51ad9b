using System.Security.Cryptography;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings;

/// <summary><c>uuid_v5</c>.</summary>
internal static class NamedUuid
{
    private const int Size = 16;

    public static readonly Builtin UuidV5 = BuiltinBuilder
        .Method("uuid_v5", Category.Encoding, "Gives the UUID of a name: the same name in the same namespace always has the same one.")
        .On(Accepts.Text | Accepts.Null)
        .Returns("string or null")
        .Optional("ns", ParameterType.String, "The namespace: dns, url, oid, x500 or a UUID; without it the UUID of zeros.")
        .Example("", """root.id = this.name.uuid_v5("dns")""", ("""{"name":"www.example.org"}""", """{"id":"74738ff5-5367-5958-9aee-98fffdcd1876"}"""))
        .Example(
            "In a namespace of one's own.",
            """root = this.uuid_v5("1b671a64-40d5-491e-99b0-da01ff1f3341")""",
            ("\"tenant/42\"", "e496df05-8735-5047-a4a2-33f298d15dab"))
        .Example("No name, no UUID.", "root.id = this.name.uuid_v5()", ("""{"name":null}""", """{"id":null}"""))
        .Body(Make);

    private static Value Make(EvaluationContext context, Value target, Value ns)
    {
        if (target.IsNull)
        {
            return target;
        }

        byte[] data = new byte[Size + target.TextLength];
        if (!ns.IsAbsent && !TryNamespace(ns.AsHostString(), data))
        {
            return Value.Fail($"invalid uuid_v5 namespace: {TextForm.Preview(ns)}");
        }

        target.AsSpan().CopyTo(data.AsSpan(Size));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard asks for it, and nothing here is secret.
        SHA1.HashData(data, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return context.Arena.String(new Guid(hash[..Size], bigEndian: true).ToString());
    }

    private static bool TryNamespace(string text, Span<byte> target)
    {
        // The well-known ones of RFC 4122 differ in one digit.
        string? digits = text switch
        {
            "dns" or "DNS" => "6ba7b8109dad11d180b400c04fd430c8",
            "url" or "URL" => "6ba7b8119dad11d180b400c04fd430c8",
            "oid" or "OID" => "6ba7b8129dad11d180b400c04fd430c8",
            "x500" or "X500" => "6ba7b8149dad11d180b400c04fd430c8",
            _ => Digits(text),
        };
        return digits is { Length: 2 * Size } && Convert.FromHexString(digits, target[..Size], out _, out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>With and without dashes, in braces, or as a URN.</summary>
    private static string? Digits(string text)
    {
        const string Urn = "urn:uuid:";
        if (text.StartsWith(Urn, StringComparison.Ordinal))
        {
            text = text[Urn.Length..];
        }
        else if (text.StartsWith('{') && text.EndsWith('}') && text.Length > 2)
        {
            text = text[1..^1];
        }

        bool isDashed = text.Length == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
        return isDashed ? new StringBuilder(text, 0, 36, 36).Remove(23, 1).Remove(18, 1).Remove(13, 1).Remove(8, 1).ToString() : text;
    }
}
