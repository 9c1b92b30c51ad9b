using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Values.Json;

/// <summary>
/// The one pass that validates a text and fills the tape. Nesting lives in the tape itself: an open container keeps its parent in
/// <see cref="TapeEntry.Next"/>, so that depth costs no stack.
/// </summary>
internal static unsafe class DocumentParser
{
    private const uint String = (uint)JsonKind.String;
    private const uint Number = (uint)JsonKind.Number;
    private const uint Array = (uint)JsonKind.Array;
    private const uint Object = (uint)JsonKind.Object;

    /// <summary>Parses what lies between two positions of the buffer of the document.</summary>
    /// <param name="document">Its tape is replaced.</param>
    /// <param name="origin">Start of the buffer, pinned.</param>
    /// <param name="start">Start of the text.</param>
    /// <param name="end">End of the text.</param>
    /// <param name="readable">End of the buffer: reading there is safe, so short strings at the end of a text need no second path.</param>
    /// <param name="strictUtf8">Strings must be UTF-8.</param>
    /// <param name="place">Where the fault is.</param>
    public static ParseFault Parse(Document document, byte* origin, byte* start, byte* end, byte* readable, bool strictUtf8, out byte* place)
    {
        byte* vectorLimit = readable - StringScan.Width < end ? readable - StringScan.Width : end - 1;
        byte* p = start;
        TapeEntry[] entries = document.Tape;
        ref TapeEntry tape = ref MemoryMarshal.GetArrayDataReference(entries);
        int capacity = entries.Length;
        int next = 0;
        int current = -1;
        bool inObject = false;
        int count = 0;
        int depth = 0;

        // A container is unclean if anything that cannot be copied starts behind its own start: one number instead of a flag per level.
        int lastUnclean = -1;
        ParseFault fault = ParseFault.None;
        KeyHashes hashes = document.KeyHashes;
        hashes.Clear();
        document.StartSideBuffer();
        int deepest = 0;

        p = SkipWhitespace(p, end);
        if (p == end)
        {
            place = p;
            return ParseFault.Empty;
        }

    Value:
        byte b = *p;
        if (next == capacity)
        {
            if (!document.TryGrowTape(next))
            {
                place = p;
                return ParseFault.TooManyValues;
            }

            entries = document.Tape;
            tape = ref MemoryMarshal.GetArrayDataReference(entries);
            capacity = entries.Length;
        }

        ref TapeEntry entry = ref Unsafe.Add(ref tape, next);
        if (b == '"')
        {
            byte* content = p + 1;
            if (content <= vectorLimit)
            {
                uint special = StringScan.SpecialBytes(content);
                byte* quote = content + BitOperations.TrailingZeroCount(special);
                if (special != 0 && quote < end && *quote == '"')
                {
                    entry.Offset = (int)(p - origin);
                    entry.Length = (int)(quote + 1 - p);
                    entry.Next = 0;
                    entry.Meta = String;
                    next++;
                    p = quote + 1;
                    goto AfterValue;
                }
            }

            p = LongString(document, ref entry, p, end, vectorLimit, origin, strictUtf8, ref lastUnclean, out fault);
            if (fault != ParseFault.None)
            {
                place = p;
                return fault;
            }

            next++;
            goto AfterValue;
        }

        if ((uint)(b - '0') <= 9 || b == '-')
        {
            entry.Offset = (int)(p - origin);
            byte* first = p;
            p = NumberScan.FindEnd(p, end, out fault);
            if (fault != ParseFault.None)
            {
                place = p;
                return fault;
            }

            entry.Length = (int)(p - first);
            entry.Next = 0;
            entry.Meta = Number;
            next++;
            goto AfterValue;
        }

        if (b == '{' || b == '[')
        {
            if (current >= 0)
            {
                Unsafe.Add(ref tape, current).Length = count;
            }

            depth++;
            if (depth > deepest)
            {
                if (depth > Document.MaxDepth)
                {
                    place = p;
                    return ParseFault.TooDeep;
                }

                deepest = depth;
            }

            inObject = b == '{';
            entry.Offset = (int)(p - origin);
            entry.Next = current;
            entry.Meta = inObject ? Object : Array;
            current = next++;
            count = 0;
            p++;
            if (p < end && *p <= ' ')
            {
                byte* stop = SkipWhitespace(p, end);
                lastUnclean = stop > p ? (int)(stop - origin) - 1 : lastUnclean;
                p = stop;
            }

            if (p == end)
            {
                place = p;
                return inObject ? ParseFault.ExpectedKeyOrObjectEnd : ParseFault.ExpectedValueOrArrayEnd;
            }

            if (inObject)
            {
                if (*p == '"')
                {
                    goto Key;
                }

                if (*p == '}')
                {
                    goto Close;
                }

                place = p;
                return ParseFault.ExpectedKeyOrObjectEnd;
            }

            if (*p == ']')
            {
                goto Close;
            }

            goto Value;
        }

        entry.Offset = (int)(p - origin);
        entry.Next = 0;
        if (b == 't' && end - p >= 4 && Unsafe.ReadUnaligned<uint>(p) == Unsafe.ReadUnaligned<uint>(ref MemoryMarshal.GetReference("true"u8)))
        {
            entry.Length = 4;
            entry.Meta = (uint)JsonKind.True;
        }
        else if (b == 'n' && end - p >= 4 && Unsafe.ReadUnaligned<uint>(p) == Unsafe.ReadUnaligned<uint>(ref MemoryMarshal.GetReference("null"u8)))
        {
            entry.Length = 4;
            entry.Meta = (uint)JsonKind.Null;
        }
        else if (b == 'f' && end - p >= 5 && Unsafe.ReadUnaligned<uint>(p + 1) == Unsafe.ReadUnaligned<uint>(ref MemoryMarshal.GetReference("alse"u8)))
        {
            entry.Length = 5;
            entry.Meta = (uint)JsonKind.False;
        }
        else
        {
            place = p;
            return b is (byte)'t' or (byte)'f' or (byte)'n' ? ParseFault.BadLiteral
                : current >= 0 && !inObject && count == 0 ? ParseFault.ExpectedValueOrArrayEnd
                : ParseFault.ExpectedValue;
        }

        p += entry.Length;
        next++;

    AfterValue:
        count++;
    AfterWhitespace:
        if (current < 0)
        {
            goto Done;
        }

        if (p == end)
        {
            place = p;
            return inObject ? ParseFault.ExpectedCommaOrObjectEnd : ParseFault.ExpectedCommaOrArrayEnd;
        }

        b = *p;
        if (b == ',')
        {
            p++;
            if (p < end && *p <= ' ')
            {
                byte* stop = SkipWhitespace(p, end);
                lastUnclean = stop > p ? (int)(stop - origin) - 1 : lastUnclean;
                p = stop;
            }

            if (!inObject)
            {
                if (p == end)
                {
                    place = p;
                    return ParseFault.ExpectedValue;
                }

                goto Value;
            }

            if (p < end && *p == '"')
            {
                goto Key;
            }

            place = p;
            return ParseFault.ExpectedKey;
        }

        if (b == (inObject ? '}' : ']'))
        {
            goto Close;
        }

        if (b <= ' ')
        {
            byte* stop = SkipWhitespace(p, end);
            if (stop > p)
            {
                lastUnclean = (int)(stop - origin) - 1;
                p = stop;
                goto AfterWhitespace;
            }
        }

        place = p;
        return inObject ? ParseFault.ExpectedCommaOrObjectEnd : ParseFault.ExpectedCommaOrArrayEnd;

    Key:
        if (next == capacity)
        {
            if (!document.TryGrowTape(next))
            {
                place = p;
                return ParseFault.TooManyValues;
            }

            entries = document.Tape;
            tape = ref MemoryMarshal.GetArrayDataReference(entries);
            capacity = entries.Length;
        }

        entry = ref Unsafe.Add(ref tape, next);
        {
            byte* content = p + 1;
            uint special = 0;
            byte* quote = content;
            if (content <= vectorLimit)
            {
                special = StringScan.SpecialBytes(content);
                quote += BitOperations.TrailingZeroCount(special);
            }

            if (special != 0 && quote < end && *quote == '"')
            {
                uint hash = KeyHash.OfReadable(content, (int)(quote - content));
                hashes.Push(hash);
                entry.Offset = (int)(p - origin);
                entry.Length = (int)(quote + 1 - p);
                entry.Next = (int)hash;
                entry.Meta = String;
                p = quote + 1;
            }
            else
            {
                p = LongString(document, ref entry, p, end, vectorLimit, origin, strictUtf8, ref lastUnclean, out fault);
                if (fault != ParseFault.None)
                {
                    place = p;
                    return fault;
                }

                uint hash = KeyHash.Of(document.KeyWhileParsing(in entry, ref document.FirstScratch));
                hashes.Push(hash);
                if (!entry.Has(TapeEntry.Special))
                {
                    entry.Next = (int)hash;
                }
            }
        }

        next++;
        if (p < end && *p <= ' ')
        {
            byte* stop = SkipWhitespace(p, end);
            lastUnclean = stop > p ? (int)(stop - origin) - 1 : lastUnclean;
            p = stop;
        }

        if (p == end || *p != ':')
        {
            place = p;
            return ParseFault.ExpectedColon;
        }

        p++;
        if (p < end && *p <= ' ')
        {
            byte* stop = SkipWhitespace(p, end);
            lastUnclean = stop > p ? (int)(stop - origin) - 1 : lastUnclean;
            p = stop;
        }

        if (p == end)
        {
            place = p;
            return ParseFault.ExpectedValue;
        }

        goto Value;

    Close:
        {
            ref TapeEntry container = ref Unsafe.Add(ref tape, current);
            int offset = container.Offset;
            int parent = container.Next;
            uint meta = (container.Meta & TapeEntry.KindMask) | ((uint)count << TapeEntry.CountShift);
            if (inObject && count != 0)
            {
                if (count > 1 && hashes.MayRepeat(count) && DuplicateKeys.Exist(document, current, count))
                {
                    meta |= TapeEntry.Special;
                    lastUnclean = Math.Max(lastUnclean, offset + 1);
                }

                hashes.Pop(count);
            }

            if (lastUnclean > offset)
            {
                meta |= TapeEntry.Unclean;
            }

            p++;
            container.Length = (int)(p - origin) - offset;
            container.Next = next;
            container.Meta = meta;
            depth--;
            current = parent;
            if (parent < 0)
            {
                goto Done;
            }

            container = ref Unsafe.Add(ref tape, parent);
            count = container.Length;
            inObject = container.Kind == JsonKind.Object;
            goto AfterValue;
        }

    Done:
        place = SkipWhitespace(p, end);
        document.Accept(next, deepest);
        return place == end ? ParseFault.None : ParseFault.TextAfterDocument;
    }

    private static byte* SkipWhitespace(byte* p, byte* end)
    {
        while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
        {
            p++;
        }

        return p;
    }

    /// <summary>A string that is long, close to the end of the buffer, or has a byte that needs a second look.</summary>
    private static byte* LongString(
        Document document,
        ref TapeEntry entry,
        byte* p,
        byte* end,
        byte* vectorLimit,
        byte* origin,
        bool strictUtf8,
        ref int lastUnclean,
        out ParseFault fault)
    {
        byte* quote = StringScan.FindEnd(p + 1, end, vectorLimit, strictUtf8, out int flags, out fault);
        if (fault != ParseFault.None)
        {
            return quote;
        }

        entry.Offset = (int)(p - origin);
        entry.Length = (int)(quote + 1 - p);
        entry.Next = 0;
        entry.Meta = String | (uint)flags;
        if ((flags & TapeEntry.Special) != 0 && !document.TryReserveSide(StringDecoder.MaxLength(entry.Length - 2, flags), out entry.Next))
        {
            fault = ParseFault.TooMuchText;
            return p;
        }

        if ((flags & TapeEntry.Unclean) != 0)
        {
            lastUnclean = entry.Offset;
        }

        return quote + 1;
    }
}
