using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>
/// Decoded strings. While parsing, each string that differs from its text gets a region of the side buffer of its own: a length (plus one;
/// zero means not decoded yet) and room for the content. It is filled when first asked for. Of threads that ask at the same time one decodes,
/// for on the way it writes more than the content; the length is published last, so a reader that sees it sees the content too. Where one
/// thread alone uses the document none of that is needed.
/// </summary>
internal sealed partial class Document
{
    private const int HeaderSize = sizeof(int);
    private const int BeingDecoded = -1;

    /// <summary>For keys with escapes, which must be compared before the side buffer exists.</summary>
    internal byte[] FirstScratch = [];

    internal byte[] SecondScratch = [];

    private byte[]? side;
    private byte[]? keptSide;
    private int sideLength;

    /// <summary>One thread at a time uses the document: nothing is guarded.</summary>
    public bool IsUsedAlone { get; set; }

    private int SideCapacity => (keptSide?.Length ?? 0) + FirstScratch.Length + SecondScratch.Length;

    /// <summary>The content of a string or key: in the buffer if the text is the content, else in the side buffer.</summary>
    public void StringAt(int index, out byte[] owner, out int offset, out int length)
    {
        ref readonly TapeEntry entry = ref EntryAt(index);
        if (!entry.Has(TapeEntry.Special))
        {
            owner = Buffer;
            offset = entry.Offset + 1;
            length = entry.Length - 2;
            return;
        }

        owner = SideBuffer();
        offset = entry.Next + HeaderSize;
        ref int header = ref Unsafe.As<byte, int>(ref owner[entry.Next]);
        length = Volatile.Read(ref header) - 1;
        if (length >= 0)
        {
            return;
        }

        Span<byte> room = owner.AsSpan(offset);
        if (IsUsedAlone)
        {
            length = Decode(in entry, room);
            header = length + 1;
        }
        else
        {
            length = DecodeGuarded(in entry, ref header, room);
        }
    }

    private int Decode(in TapeEntry entry, Span<byte> room)
    {
        return StringDecoder.Decode(Buffer, entry.Offset + 1, entry.Length - 2, room, entry.Has(TapeEntry.Invalid));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int DecodeGuarded(in TapeEntry entry, ref int header, Span<byte> room)
    {
        var wait = default(SpinWait);
        int found;
        while ((found = Interlocked.CompareExchange(ref header, BeingDecoded, 0)) == BeingDecoded)
        {
            wait.SpinOnce();
        }

        if (found == 0)
        {
            try
            {
                found = Decode(in entry, room) + 1;
            }
            finally
            {
                Volatile.Write(ref header, found);
            }
        }

        return found - 1;
    }

    internal void StartSideBuffer()
    {
        if (!ReferenceEquals(side, keptSide))
        {
            side = keptSide;
        }

        sideLength = 0;
    }

    /// <summary>Reserves a region, with the slack that decoding likes, and, if last time's buffer is used again, marks it as not decoded.</summary>
    internal bool TryReserveSide(long content, out int offset)
    {
        offset = sideLength;
        long end = offset + HeaderSize + StringDecoder.Slack + ((content + 3) & ~3L);
        if (end > Array.MaxLength)
        {
            return false;
        }

        sideLength = (int)end;
        if (side is not null)
        {
            if (end <= side.Length)
            {
                Unsafe.As<byte, int>(ref side[offset]) = 0;
            }
            else
            {
                side = keptSide = null;
            }
        }

        return true;
    }

    internal ReadOnlySpan<byte> KeyWhileParsing(in TapeEntry entry, ref byte[] scratch)
    {
        int length = entry.Length - 2;
        if (!entry.Has(TapeEntry.Special))
        {
            return Buffer.AsSpan(entry.Offset + 1, length);
        }

        int most = (int)Math.Min(StringDecoder.MaxLength(length, (int)entry.Meta) + StringDecoder.Slack, Array.MaxLength);
        if (scratch.Length < most)
        {
            scratch = new byte[Math.Max(most, 256)];
        }

        return scratch.AsSpan(0, StringDecoder.Decode(Buffer, entry.Offset + 1, length, scratch, entry.Has(TapeEntry.Invalid)));
    }

    private ReadOnlySpan<byte> Content(int index)
    {
        StringAt(index, out byte[] owner, out int offset, out int length);
        return owner.AsSpan(offset, length);
    }

    private byte[] SideBuffer()
    {
        byte[]? buffer = Volatile.Read(ref side);
        if (buffer is not null)
        {
            return buffer;
        }

        // Somewhat larger than needed, so that the next document fits as well.
        byte[] fresh = new byte[Math.Max(256, sideLength < (1 << 20) ? 2 * sideLength : sideLength)];
        buffer = Interlocked.CompareExchange(ref side, fresh, null) ?? fresh;
        keptSide = buffer;
        return buffer;
    }
}
