using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Values.Json;

/// <summary>Tokens that the loop does not deal with itself, and what is rare.</summary>
internal static unsafe partial class DocumentParser
{
    /// <summary>Length of the literal, 0 if there is none; sets the kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Literal(TapeEntry* slot, byte b, byte* p, byte* end)
    {
        if (end - p < 4)
        {
            return 0;
        }

        uint word = Unsafe.ReadUnaligned<uint>(p);
        if (word == Unsafe.ReadUnaligned<uint>(ref MemoryMarshal.GetReference("true"u8)))
        {
            slot->Meta = (uint)JsonKind.True;
            return 4;
        }

        if (word == Unsafe.ReadUnaligned<uint>(ref MemoryMarshal.GetReference("null"u8)))
        {
            slot->Meta = (uint)JsonKind.Null;
            return 4;
        }

        slot->Meta = (uint)JsonKind.False;
        return b == 'f' && end - p >= 5 && Unsafe.ReadUnaligned<uint>(p + 1) == Unsafe.ReadUnaligned<uint>(ref MemoryMarshal.GetReference("alse"u8))
            ? 5
            : 0;
    }

    /// <summary>A string that is long, close to the end of the buffer, or has a byte that needs a second look. Null if it is at fault.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* LongString(Document document, TapeEntry* slot, byte* p, byte* end, byte* vectorLimit, byte* origin, bool strictUtf8)
    {
        byte* quote = StringScan.FindEnd(p + 1, end, vectorLimit, strictUtf8, out int flags, out ParseFault fault);
        if (fault != ParseFault.None)
        {
            return Refuse(document, fault, quote, origin);
        }

        slot->Offset = (int)(p - origin);
        slot->Length = (int)(quote + 1 - p);
        slot->Next = 0;
        slot->Meta = String | (uint)flags;
        if ((flags & TapeEntry.Special) != 0 && !document.TryReserveSide(StringDecoder.MaxLength(slot->Length - 2, flags), out slot->Next))
        {
            return Refuse(document, ParseFault.TooMuchText, p, origin);
        }

        return quote + 1;
    }

    /// <summary>So many unknown keys behind each other, where no more are learnt, and the others are taken for unknown without a look.</summary>
    private const int StrangersUntilSure = 64;

    /// <summary>A key that is not the expected one. Null if it is at fault.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* OtherKey(
        Document document, KnownKey* previous, TapeEntry* open, TapeEntry* slot, byte* p, byte* end, byte* vectorLimit, byte* origin, bool strictUtf8)
    {
        byte* stop = LongString(document, slot, p, end, vectorLimit, origin, strictUtf8);
        if (stop is null)
        {
            return null;
        }

        KnownKeys keys = document.Keys;
        KnownKey* parent = keys.Start + (open->Meta >> TapeEntry.CountShift);
        bool isUsual = slot->Meta == String && stop < end && *stop == ':';
        document.StrangersInARow = previous == keys.Start ? document.StrangersInARow + 1 : 0;
        KnownKey* key = !isUsual || (document.StrangersInARow > StrangersUntilSure && keys.IsFull(parent)) ? keys.Start
            : p <= vectorLimit ? keys.Learn(parent, previous, p, slot->Length + 1)
            : LearnAtEnd(keys, parent, previous, p, slot->Length + 1);
        document.LearntKey = key;
        if (key != keys.Start)
        {
            slot->Meta = key->Meta;
            slot->Next = (int)(slot - open);
        }
        else if (!slot->Has(TapeEntry.Special))
        {
            slot->Next = (int)KeyHash.Of(new ReadOnlySpan<byte>(p + 1, slot->Length - 2));
        }

        // Keys in the order in which they were learnt cannot repeat; all others have to be looked at.
        if (key <= previous)
        {
            open->Meta |= TapeEntry.Special;
        }

        return stop;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* LongNumber(Document document, byte* p, byte* end, byte* origin)
    {
        byte* stop = NumberScan.FindEnd(p, end, out ParseFault fault);
        return fault == ParseFault.None ? stop : Refuse(document, fault, stop, origin);
    }

    /// <summary>A key so close to the end of the buffer that what is compared with it cannot be read there.</summary>
    private static KnownKey* LearnAtEnd(KnownKeys keys, KnownKey* parent, KnownKey* previous, byte* p, int length)
    {
        if (length > KnownKeys.TextWidth)
        {
            return keys.Start;
        }

        byte* text = stackalloc byte[KnownKeys.TextWidth];
        new ReadOnlySpan<byte>(p, length).CopyTo(new Span<byte>(text, KnownKeys.TextWidth));
        return keys.Learn(parent, previous, text, length);
    }

    /// <summary>Whether a key occurs twice in an object whose members are all on the tape.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Repeats(Document document, int objectIndex, int count) =>
        count > 1 && document.KeyHashes.MayRepeat(document, objectIndex, count) && DuplicateKeys.Exist(document, objectIndex, count);

    /// <summary>Through fields, because a local that is passed by reference would live in memory during the whole parse.</summary>
    private static byte* Refuse(Document document, ParseFault fault, byte* place, byte* origin)
    {
        document.Fault = fault;
        document.FaultOffset = (int)(place - origin);
        return null;
    }

    /// <summary>Doubles the tape and moves the positions into it along.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Grow(Document document, ref TapeGrowth growth, TapeEntry* slot, TapeEntry* current)
    {
        nint used = (nint)(slot - document.TapeStart);
        nint container = current is null ? -1 : (nint)(current - document.TapeStart);
        if (!document.TryGrowTape((int)used))
        {
            return false;
        }

        growth.Slot = document.TapeStart + used;
        growth.Limit = document.TapeStart + document.Tape.Length;
        growth.Current = container < 0 ? null : document.TapeStart + container;
        return true;
    }
}
