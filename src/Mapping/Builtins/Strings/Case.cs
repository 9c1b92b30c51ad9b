using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>uppercase</c>, <c>lowercase</c>.</summary>
internal static class Case
{
    public static readonly Builtin Uppercase = BuiltinBuilder
        .Method("uppercase", Category.Strings, "Converts all letters of a string to upper case.")
        .On(Accepts.Text)
        .Returns("string")
        .Example("", "root.foo = this.foo.uppercase()", ("""{"foo":"hello world"}""", """{"foo":"HELLO WORLD"}"""))
        .Example("Letters outside of ASCII count too.", "root = this.uppercase()", ("\"straße é\"", "STRAßE É"))
        .Body(static (context, target) => Convert(context, target, upper: true));

    public static readonly Builtin Lowercase = BuiltinBuilder
        .Method("lowercase", Category.Strings, "Converts all letters of a string to lower case.")
        .On(Accepts.Text)
        .Returns("string")
        .Example("", "root.foo = this.foo.lowercase()", ("""{"foo":"HELLO WORLD"}""", """{"foo":"hello world"}"""))
        .Example("Makes addresses comparable.", "root = this.lowercase()", ("\"Ada@Example.ORG\"", "ada@example.org"))
        .Body(static (context, target) => Convert(context, target, upper: false));

    /// <summary>The lower, and the upper case of every character of at most two bytes.</summary>
    private static readonly char[][] OtherCases = [AllOtherCases(upper: false), AllOtherCases(upper: true)];

    private static Value Convert(EvaluationContext context, Value target, bool upper)
    {
        ReadOnlySpan<byte> source = target.AsSpan();
        int start = context.Arena.BeginText(source.Length, out byte[] owner);
        bool isConverted = TryConvertShort(target, owner, start, upper, out uint others)
            ? others == 0 || TryConvertOthers(source, owner.AsSpan(start, source.Length), others, upper)
            : TryConvertLong(source, owner.AsSpan(start, source.Length), upper);
        if (!isConverted)
        {
            return ConvertHostString(context, target, upper);
        }

        return target.IsOwnedString ? Arena.EndText(owner, start, source.Length, target.IsQuotedText) : Value.FromBytes(owner, start, source.Length);
    }

    /// <summary>Converts a text that fits into one vector, in room that may be overwritten behind it, but for its bytes beyond ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryConvertShort(Value text, byte[] room, int start, bool upper, out uint others)
    {
        int length = text.TextLength;
        byte[] owner = text.TextOwner;
        int offset = text.TextOffset;
        others = 0;
        if (length > Vector256<byte>.Count || offset > owner.Length - Vector256<byte>.Count || start > room.Length - Vector256<byte>.Count)
        {
            return false;
        }

        Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (nuint)offset);
        Vector256<byte> fromFirst = bytes - Vector256.Create((byte)(upper ? 'a' : 'A'));
        Vector256<byte> letters = Vector256.LessThan(fromFirst, Vector256.Create((byte)26));
        (bytes ^ (letters & Vector256.Create((byte)0x20))).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(room), (nuint)start);
        others = bytes.ExtractMostSignificantBits() & (uint)((1UL << length) - 1);
        return true;
    }

    /// <summary>The bytes beyond ASCII of a short text, a bit for each.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryConvertOthers(ReadOnlySpan<byte> source, Span<byte> room, uint others, bool upper)
    {
        while (others != 0)
        {
            int at = BitOperations.TrailingZeroCount(others);
            if (!TryConvertPair(source, room, at, upper))
            {
                return false;
            }

            others &= ~(3u << at);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryConvertLong(ReadOnlySpan<byte> source, Span<byte> room, bool upper)
    {
        _ = upper ? Ascii.ToUpper(source, room, out int at) : Ascii.ToLower(source, room, out at);
        while (at < source.Length)
        {
            byte b = source[at];
            if (b < 0x80)
            {
                room[at++] = upper ? (byte)(b - ((uint)(b - 'a') <= 'z' - 'a' ? 0x20 : 0)) : (byte)(b + ((uint)(b - 'A') <= 'Z' - 'A' ? 0x20 : 0));
                continue;
            }

            if (!TryConvertPair(source, room, at, upper))
            {
                return false;
            }

            at += 2;
        }

        return true;
    }

    /// <summary>A letter of two bytes whose other case takes two bytes as well: most of the Latin, Greek and Cyrillic ones.</summary>
    private static bool TryConvertPair(ReadOnlySpan<byte> source, Span<byte> room, int at, bool upper)
    {
        byte b = source[at];
        if (b is < 0xC2 or > 0xDF || at + 1 >= source.Length || (source[at + 1] & 0xC0) != 0x80)
        {
            return false;
        }

        char other = OtherCases[upper ? 1 : 0][((b & 0x1F) << 6) | (source[at + 1] & 0x3F)];
        if (other is < '\u0080' or > '\u07FF')
        {
            return false;
        }

        room[at] = (byte)(0xC0 | (other >> 6));
        room[at + 1] = (byte)(0x80 | (other & 0x3F));
        return true;
    }

    private static Value ConvertHostString(EvaluationContext context, Value target, bool upper)
    {
        const int MostOnStack = 256;
        int most = target.TextLength;
        char[]? rented = most > MostOnStack ? ArrayPool<char>.Shared.Rent(2 * most) : null;
        Span<char> room = rented ?? stackalloc char[2 * MostOnStack];
        int length = Encoding.UTF8.GetChars(target.AsSpan(), room);
        ReadOnlySpan<char> text = room[..length];
        Span<char> converted = room.Slice(length, length);

        // The host leaves out the letters whose other case is ASCII.
        if (upper)
        {
            text.ToUpperInvariant(converted);
            converted.Replace('ı', 'I');
            converted.Replace('ſ', 'S');
        }
        else
        {
            text.ToLowerInvariant(converted);
            converted.Replace('İ', 'i');
        }

        int bytes = Encoding.UTF8.GetByteCount(converted);
        Encoding.UTF8.GetBytes(converted, context.Arena.Allocate(bytes, out byte[] owner, out int offset));
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return target.Kind == ValueKind.Bytes ? Value.FromBytes(owner, offset, bytes) : Value.FromUtf8(owner, offset, bytes);
    }

    private static char[] AllOtherCases(bool upper)
    {
        var cases = new char[0x800];
        for (int i = 0; i < cases.Length; i++)
        {
            cases[i] = OtherCase((char)i, upper);
        }

        return cases;
    }

    private static char OtherCase(char letter, bool upper) => (upper, letter) switch
    {
        (true, 'ı') => 'I',
        (true, 'ſ') => 'S',
        (false, 'İ') => 'i',
        (true, _) => char.ToUpperInvariant(letter),
        _ => char.ToLowerInvariant(letter),
    };
}
