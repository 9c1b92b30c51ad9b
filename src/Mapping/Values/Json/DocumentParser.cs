using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mapping.Values.Json;

/// <summary>
/// The one pass that validates a text and fills the tape. Nesting lives in the tape itself: an open container keeps its parent in
/// <see cref="TapeEntry.Next"/> and its count in <see cref="TapeEntry.Length"/>, so that depth costs no stack. The loop keeps few locals, all of
/// them in registers; whatever is rare is a call that is not inlined.
/// </summary>
internal static unsafe partial class DocumentParser
{
    private const ushort NextKey = ',' | ('"' << 8);
    private const uint String = (uint)JsonKind.String;
    private const uint Number = (uint)JsonKind.Number;
    private const uint Array = (uint)JsonKind.Array;
    private const uint Object = (uint)JsonKind.Object;

    /// <summary>Parses what lies between two positions of the buffer of the document; <paramref name="start"/> is at the first token.</summary>
    /// <param name="document">Its tape is replaced.</param>
    /// <param name="origin">Start of the buffer, pinned.</param>
    /// <param name="start">Start of the text, after its leading whitespace; before <paramref name="end"/>.</param>
    /// <param name="end">End of the text.</param>
    /// <param name="readable">End of the buffer: reading there is safe, so short strings at the end of a text need no second path.</param>
    /// <param name="strictUtf8">Strings must be UTF-8.</param>
    /// <param name="place">Where the fault is, else where the document ends.</param>
    public static ParseFault Parse(Document document, byte* origin, byte* start, byte* end, byte* readable, bool strictUtf8, out byte* place)
    {
        byte* vectorLimit = readable - StringScan.Width < end ? readable - StringScan.Width : end - 1;
        byte* p = start;
        TapeEntry* slot = document.TapeStart;
        TapeEntry* limit = slot + document.Tape.Length;
        TapeEntry* current = null;
        byte* lastPair = end - 1;

        // The key whose value is being read; in an object, the last key.
        KnownKey* known = document.Keys.Start + document.KeyRoot;
        KnownKey* expected = known;

        // A container is unclean if anything that cannot be copied starts behind its own start: one number instead of a flag per level.
        int lastUnclean = -1;
        int depth = 0;
        int deepest = 0;

    Value:
        byte b = *p;

    ValueOfKey:
        if (slot == limit)
        {
            goto GrowForValue;
        }

    ValueWithRoom:
        if (b == '"')
        {
            byte* content = p + 1;
            if (content <= vectorLimit)
            {
                uint special = StringScan.SpecialBytes(content);
                byte* quote = content + BitOperations.TrailingZeroCount(special);
                if (special == 0 && quote <= vectorLimit)
                {
                    // Most of the longer strings end within a second vector.
                    special = StringScan.SpecialBytes(quote);
                    quote += BitOperations.TrailingZeroCount(special);
                }

                if (special != 0 && quote < end && *quote == '"')
                {
                    slot->Offset = (int)(p - origin);
                    slot->Next = 0;
                    slot->Meta = String;
                    quote++;
                    slot->Length = (int)(quote - p);
                    slot++;
                    p = quote;
                    goto AfterValue;
                }
            }

            p = LongString(document, slot, p, end, vectorLimit, origin, strictUtf8);
            if (p is null)
            {
                goto Stored;
            }

            if (slot->Has(TapeEntry.Unclean))
            {
                lastUnclean = slot->Offset;
            }

            slot++;
            goto AfterValue;
        }

        if ((uint)(b - '0') <= 9 || b == '-')
        {
            byte* stop = p <= vectorLimit ? NumberScan.FindShortEnd(p, end) : null;
            if (stop is null)
            {
                stop = LongNumber(document, p, end, origin);
                if (stop is null)
                {
                    goto Stored;
                }
            }

            slot->Offset = (int)(p - origin);
            slot->Next = 0;
            slot->Meta = Number;
            slot->Length = (int)(stop - p);
            slot++;
            p = stop;
            goto AfterValue;
        }

        if (b == '{' || b == '[')
        {
            if (++depth > deepest)
            {
                if (depth > Document.MaxDepth)
                {
                    place = p;
                    return ParseFault.TooDeep;
                }

                deepest = depth;
            }

            slot->Offset = (int)(p - origin);
            slot->Length = 0;
            slot->Next = current is null ? -1 : (int)(current - document.TapeStart);
            slot->Meta = (b == '{' ? Object : Array) | (known->Meta & TapeEntry.NumberMask);
            current = slot++;
            p++;
            if (p < end && *p <= ' ')
            {
                p = SkipInner(p, end, origin, ref document.LastUnclean);
                lastUnclean = Math.Max(lastUnclean, document.LastUnclean);
            }

            if (p == end)
            {
                place = p;
                return current->IsOpenObject ? ParseFault.ExpectedKeyOrObjectEnd : ParseFault.ExpectedValueOrArrayEnd;
            }

            b = *p;
            if (current->IsOpenObject)
            {
                if (b == '"')
                {
                    expected = known + known->First;
                    goto Key;
                }

                if (b == '}')
                {
                    goto Close;
                }

                place = p;
                return ParseFault.ExpectedKeyOrObjectEnd;
            }

            if (b == ']')
            {
                goto Close;
            }

            goto Value;
        }

        {
            int length = Literal(slot, b, p, end);
            if (length == 0)
            {
                place = p;
                return b is (byte)'t' or (byte)'f' or (byte)'n' ? ParseFault.BadLiteral
                    : current is not null && !current->IsOpenObject && current->Length == 0 ? ParseFault.ExpectedValueOrArrayEnd
                    : ParseFault.ExpectedValue;
            }

            slot->Offset = (int)(p - origin);
            slot->Length = length;
            slot->Next = 0;
            slot++;
            p += length;
        }

    AfterValue:
        if (current is null)
        {
            goto Done;
        }

        current->Length++;

        // Mostly a key follows, close behind.
        if (p < lastPair && Unsafe.ReadUnaligned<ushort>(p) == NextKey && current->IsOpenObject)
        {
            p++;
            expected = known + known->Next;
            goto Key;
        }

    AfterWhitespace:
        if (p == end)
        {
            goto NoComma;
        }

        b = *p;
        if (b == ',')
        {
            p++;
            if (p < end && *p <= ' ')
            {
                p = SkipInner(p, end, origin, ref document.LastUnclean);
                lastUnclean = Math.Max(lastUnclean, document.LastUnclean);
            }

            if (current->IsOpenObject)
            {
                if (p < end && *p == '"')
                {
                    expected = known + known->Next;
                    goto Key;
                }

                place = p;
                return ParseFault.ExpectedKey;
            }

            if (p < end)
            {
                goto Value;
            }

            place = p;
            return ParseFault.ExpectedValue;
        }

        // `]` and `}` differ by one bit, and so do the kinds: no branch on the kind.
        if (b == ']' + ((current->Meta & 1) << 5))
        {
            goto Close;
        }

        if (b <= ' ')
        {
            byte* stop = SkipInner(p, end, origin, ref document.LastUnclean);
            if (stop > p)
            {
                lastUnclean = Math.Max(lastUnclean, document.LastUnclean);
                p = stop;
                goto AfterWhitespace;
            }
        }

    NoComma:
        place = p;
        return current->IsOpenObject ? ParseFault.ExpectedCommaOrObjectEnd : ParseFault.ExpectedCommaOrArrayEnd;

    Key:
        if (slot == limit)
        {
            goto GrowForKey;
        }

    KeyWithRoom:
        if (p > vectorLimit || p + expected->Length >= end || !expected->Matches(Vector256.Load(p)))
        {
            goto OtherKey;
        }

        known = expected;
        slot->Offset = (int)(p - origin);
        slot->Next = Distance(current, slot);
        slot->Meta = known->Meta;
        slot->Length = known->Length - 1;
        slot++;
        p += known->Length;
        b = *p;
        if (b <= ' ')
        {
            goto AfterColon;
        }

        goto ValueOfKey;

    AfterKey:
        if (p < end && *p == ':')
        {
            goto Colon;
        }

        if (p < end && *p <= ' ')
        {
            p = SkipInner(p, end, origin, ref document.LastUnclean);
            lastUnclean = Math.Max(lastUnclean, document.LastUnclean);
        }

        if (p == end || *p != ':')
        {
            place = p;
            return ParseFault.ExpectedColon;
        }

    Colon:
        p++;

    AfterColon:
        if (p < end && *p <= ' ')
        {
            p = SkipInner(p, end, origin, ref document.LastUnclean);
            lastUnclean = Math.Max(lastUnclean, document.LastUnclean);
        }

        if (p < end)
        {
            goto Value;
        }

        place = p;
        return ParseFault.ExpectedValue;

    OtherKey:
        p = OtherKey(document, known, current, slot, p, end, vectorLimit, origin, strictUtf8);
        if (p is null)
        {
            goto Stored;
        }

        known = document.LearntKey;
        if (slot->Has(TapeEntry.Unclean))
        {
            lastUnclean = slot->Offset;
        }

        slot++;
        goto AfterKey;

    Close:
        {
            int offset = current->Offset;
            int parent = current->Next;
            int count = current->Length;
            uint open = current->Meta;
            uint meta = (open & TapeEntry.KindMask) | ((uint)count << TapeEntry.CountShift);
            known = document.Keys.Start + (open >> TapeEntry.CountShift);
            if ((open & TapeEntry.Special) != 0 && Repeats(document, (int)(current - document.TapeStart), count))
            {
                meta |= TapeEntry.Special;
                lastUnclean = Math.Max(lastUnclean, offset + 1);
            }

            if (lastUnclean > offset)
            {
                meta |= TapeEntry.Unclean;
            }

            p++;
            TapeEntry* first = document.TapeStart;
            current->Length = (int)(p - origin) - offset;
            current->Next = Distance(first, slot);
            current->Meta = meta;
            depth--;
            current = parent < 0 ? null : first + parent;
            goto AfterValue;
        }

    GrowForValue:
        if (!Grow(document, ref document.Growth, slot, current))
        {
            goto TooMany;
        }

        slot = document.Growth.Slot;
        limit = document.Growth.Limit;
        current = document.Growth.Current;
        goto ValueWithRoom;

    GrowForKey:
        if (!Grow(document, ref document.Growth, slot, current))
        {
            goto TooMany;
        }

        slot = document.Growth.Slot;
        limit = document.Growth.Limit;
        current = document.Growth.Current;
        goto KeyWithRoom;

    TooMany:
        place = p;
        return ParseFault.TooManyValues;

    Done:
        place = SkipWhitespace(p, end);
        document.Accept(Distance(document.TapeStart, slot), deepest);
        return place == end ? ParseFault.None : ParseFault.TextAfterDocument;

    Stored:
        place = origin + document.FaultOffset;
        return document.Fault;
    }

    /// <summary>The compiler would have a difference of pointers divided as if it could be negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Distance(TapeEntry* from, TapeEntry* to) => (int)((nuint)((byte*)to - (byte*)from) / (nuint)sizeof(TapeEntry));

    public static byte* SkipWhitespace(byte* p, byte* end)
    {
        while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
        {
            p++;
        }

        return p;
    }

    /// <summary>Whitespace within the document, which keeps the containers around it from being copied as they are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* SkipInner(byte* p, byte* end, byte* origin, ref int lastUnclean)
    {
        byte* stop = SkipWhitespace(p, end);
        if (stop > p)
        {
            lastUnclean = (int)(stop - origin) - 1;
        }

        return stop;
    }
}
