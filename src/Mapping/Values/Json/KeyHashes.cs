using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>A quick look at the keys of an object that has others than <see cref="KnownKeys"/>, in other orders.</summary>
internal sealed unsafe class KeyHashes
{
    private const int Small = 32;

    private ulong[] items = [];
    private RepeatSearch search = new();

    public long ApproximateBytes => (sizeof(ulong) * (long)items.Length) + search.ApproximateBytes;

    /// <summary>
    /// Whether two keys of an object may be equal. Without false negatives; cheap and nearly exact. If some of the keys are
    /// unknown, the entry of the first one is marked.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool MayRepeat(Document document, int objectIndex, int count) =>
        count > Small ? MayRepeatLarge(document, objectIndex, count) : MayRepeatSmall(document, objectIndex, count);

    /// <summary>Forgets buffers that a huge document has left behind.</summary>
    public void Trim()
    {
        items = [];
        search = new RepeatSearch();
    }

    private static bool MayRepeatSmall(Document document, int objectIndex, int count)
    {
        Span<uint> hashes = stackalloc uint[Small];

        // Most keys find their bit free; the others are compared with all before them.
        ulong seen = 0;
        int key = objectIndex + 1;
        bool mayRepeat = false;
        for (int i = 0; i < count; i++)
        {
            ref readonly TapeEntry entry = ref document.EntryAt(key);
            NoteStranger(document, objectIndex, in entry);
            uint hash = KeyHash.Of(document.KeyWhileParsing(in entry, ref document.FirstScratch));
            ulong bit = 1UL << (int)(hash & 63);
            mayRepeat |= (seen & bit) != 0 && hashes[..i].Contains(hash);
            seen |= bit;
            hashes[i] = hash;
            key = document.NextAt(key + 1);
        }

        return mayRepeat;
    }

    private bool MayRepeatLarge(Document document, int objectIndex, int count)
    {
        if (items.Length < count)
        {
            items = GC.AllocateUninitializedArray<ulong>((int)BitOperations.RoundUpToPowerOf2((uint)count));
        }

        Span<ulong> found = items.AsSpan(0, count);
        int key = objectIndex + 1;
        bool isAscending = true;
        ReadOnlySpan<byte> previous = default;
        foreach (ref ulong item in found)
        {
            ref readonly TapeEntry entry = ref document.EntryAt(key);
            NoteStranger(document, objectIndex, in entry);
            ReadOnlySpan<byte> content = document.KeyWhileParsing(in entry, ref document.FirstScratch);
            item = RepeatSearch.Item(KeyHash.Of(content), key);
            if (isAscending)
            {
                // The decoded form of a key does not outlive the next one.
                isAscending = !entry.Has(TapeEntry.Special) && (key == objectIndex + 1 || previous.SequenceCompareTo(content) < 0);
                previous = content;
            }

            key = document.NextAt(key + 1);
        }

        return !isAscending && search.MayRepeat(found, new KeysOf(document));
    }

    private static void NoteStranger(Document document, int objectIndex, in TapeEntry entry)
    {
        if (entry.Meta >> TapeEntry.CountShift <= KnownKeys.LastRoot)
        {
            document.TapeStart[objectIndex + 1].MarkStrangers();
        }
    }

    private readonly struct KeysOf(Document document) : INumberedKeys
    {
        public bool AreEqual(int first, int second)
        {
            ReadOnlySpan<byte> content = document.KeyWhileParsing(in document.EntryAt(first), ref document.FirstScratch);
            return content.SequenceEqual(document.KeyWhileParsing(in document.EntryAt(second), ref document.SecondScratch));
        }
    }
}
