using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Mapping.Values.Json;

/// <summary>Turns the validated text between two quotes into the content of the string.</summary>
internal static class StringDecoder
{
    /// <summary>Room behind the content, and bytes around the text, that make decoding faster.</summary>
    public const int Slack = 32;

    /// <summary>Bytes the content can take at most.</summary>
    public static long MaxLength(int rawLength, int flags)
    {
        // An escape never grows; a byte that is not UTF-8 becomes three.
        return (flags & TapeEntry.Invalid) != 0 ? 3L * rawLength : rawLength;
    }

    /// <summary>
    /// Resolves escapes and replaces lone surrogates and bytes that are not UTF-8 by U+FFFD. As in the reference each such byte is replaced by
    /// itself, where .NET would replace the longest prefix of a sequence that could have become valid.
    /// </summary>
    /// <param name="owner">Where the text is; what lies behind the text may be read.</param>
    /// <param name="offset">Its place there.</param>
    /// <param name="length">Its length.</param>
    /// <param name="content">
    /// Room for the content. With <see cref="Slack"/> more than it can take, which is overwritten, the text is decoded vector by vector.
    /// </param>
    /// <param name="hasInvalid">Some bytes are not UTF-8.</param>
    public static int Decode(byte[] owner, int offset, int length, Span<byte> content, bool hasInvalid)
    {
        int read = 0;
        int written = hasInvalid || content.Length - Slack < length ? 0 : DecodeVectors(owner, offset, length, content, out read);
        return read >= length ? written : written + DecodeRest(owner.AsSpan(offset + read, length - read), content[written..], hasInvalid);
    }

    /// <summary>
    /// As far as the owner reaches one vector beyond. The escapes of a vector are found at once; each piece between two of them is copied as
    /// a whole vector, and what lies behind the piece is overwritten by the next one.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int DecodeVectors(byte[] owner, int offset, int length, Span<byte> content, out int read)
    {
        const nint Width = Slack;
        ref byte source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(owner), offset);
        ref byte target = ref MemoryMarshal.GetReference(content);
        nint end = length;
        nint last = Math.Min(length, owner.Length - offset - (2 * Slack) + 1);
        nint written = 0;
        nint from = 0;
        nint block = 0;
        if (Avx512Vbmi2.VL.IsSupported)
        {
            // As long as nothing but the backslashes of quotes has to go.
            for (; block + Width <= last; block += Width)
            {
                Vector256<byte> bytes = Vector256.LoadUnsafe(ref source, (nuint)block);
                Vector256<byte> slashes = Vector256.Equals(bytes, Vector256.Create((byte)'\\'));
                uint escapes = slashes.ExtractMostSignificantBits();
                if (!EscapesOnlyQuotes(bytes, escapes))
                {
                    break;
                }

                Avx512Vbmi2.VL.Compress(Vector256<byte>.Zero, ~slashes, bytes).StoreUnsafe(ref target, (nuint)written);
                written += Width - BitOperations.PopCount(escapes);
            }

            from = block;
        }

        while (block < last)
        {
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref source, (nuint)block);
            Vector256<byte> slashes = Vector256.Equals(bytes, Vector256.Create((byte)'\\'));
            ulong escapes = slashes.ExtractMostSignificantBits();
            nint here = end - block < Width ? end - block : Width;
            escapes &= (1UL << (int)here) - 1;
            if (Avx512Vbmi2.VL.IsSupported && from == block && EscapesOnlyQuotes(bytes, escapes))
            {
                // Nothing but the backslashes has to go.
                Avx512Vbmi2.VL.Compress(Vector256<byte>.Zero, ~slashes, bytes).StoreUnsafe(ref target, (nuint)written);
                written += here - BitOperations.PopCount(escapes);
                from = block += here;
                continue;
            }

            nint next = block + Width;
            while (escapes != 0)
            {
                nint escape = block + BitOperations.TrailingZeroCount(escapes);
                Vector256.LoadUnsafe(ref source, (nuint)from).StoreUnsafe(ref target, (nuint)written);
                written += escape - from;
                byte meaning = ShortEscapes.Meaning(Unsafe.Add(ref source, escape + 1));
                if (meaning != 0)
                {
                    Unsafe.Add(ref target, written) = meaning;
                    written++;
                    from = escape + 2;
                }
                else
                {
                    from = escape + Unicode(owner.AsSpan(offset + (int)escape, (int)(end - escape)), content[(int)written..], out int unit);
                    written += unit;
                }

                // An escape may reach into the next vector.
                escapes &= ulong.MaxValue << (int)(from - block);
            }

            block = from > next ? from : next;
            nint stop = block < end ? block : end;
            if (from < stop)
            {
                Vector256.LoadUnsafe(ref source, (nuint)from).StoreUnsafe(ref target, (nuint)written);
                written += stop - from;
                from = stop;
            }
        }

        read = (int)from;
        return (int)written;
    }

    /// <summary>Whether a quote, within the vector, stands behind every backslash of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EscapesOnlyQuotes(Vector256<byte> bytes, ulong backslashes)
    {
        ulong quotes = Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        return ((backslashes << 1) & ~quotes) == 0;
    }

    private static int DecodeRest(ReadOnlySpan<byte> raw, Span<byte> content, bool hasInvalid)
    {
        int written = 0;
        while (true)
        {
            int escape = raw.IndexOf((byte)'\\');
            ReadOnlySpan<byte> plain = escape < 0 ? raw : raw[..escape];
            if (hasInvalid)
            {
                written += Replace(plain, content[written..]);
            }
            else
            {
                plain.CopyTo(content[written..]);
                written += plain.Length;
            }

            if (escape < 0)
            {
                return written;
            }

            raw = raw[escape..];
            byte meaning = ShortEscapes.Meaning(raw[1]);
            if (meaning != 0)
            {
                content[written++] = meaning;
                raw = raw[2..];
            }
            else
            {
                raw = raw[Unicode(raw, content[written..], out int length)..];
                written += length;
            }
        }
    }

    /// <summary>Copies, with U+FFFD for what is not UTF-8.</summary>
    public static int Replace(ReadOnlySpan<byte> text, Span<byte> content)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(text, out _, out int consumed);
            ReadOnlySpan<byte> piece = status == OperationStatus.Done ? text[..consumed] : Utf8Sequence.Replacement;
            piece.CopyTo(content[written..]);
            written += piece.Length;
            text = text[(status == OperationStatus.Done ? consumed : 1)..];
        }

        return written;
    }

    private static int Unicode(ReadOnlySpan<byte> raw, Span<byte> content, out int written)
    {
        int consumed = 6;
        int scalar = StringScan.HexUnit(raw[2..]);
        if ((scalar & 0xF800) == 0xD800)
        {
            int low = scalar < 0xDC00 && raw.Length >= 12 && raw[6] == '\\' && raw[7] == 'u' ? StringScan.HexUnit(raw[8..]) : 0;
            if ((low & ~0x3FF) == 0xDC00)
            {
                consumed = 12;
                scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (low & 0x3FF);
            }
            else
            {
                scalar = 0xFFFD;
            }
        }

        written = new Rune(scalar).EncodeToUtf8(content);
        return consumed;
    }
}
