using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mapping.Values.Json;

/// <summary>
/// The keys that documents had so far, as a tree: which keys stood in which object, and which one came after which. Records of a
/// stream look alike, so the parser guesses the next key from the last one; one comparison with the text then stands for finding its
/// end, checking its bytes and telling it from its neighbours. Keys are only ever added, under a lock. The guesses are
/// overwritten freely by all threads: each of them is right or is found out.
/// </summary>
internal sealed unsafe class KnownKeys
{
    /// <summary>The longest text of a key, with quotes and colon.</summary>
    public const int TextWidth = 32;

    /// <summary>Stands for any key that is not in the tree; nothing is known of what follows it.</summary>
    public const int Unknown = 0;

    /// <summary>The document itself, the parent of the keys of the outermost object.</summary>
    public const int Root = 1;

    /// <summary>
    /// Documents within a message, the first to be parsed, the second and so on, are other records than the message: those that come in the
    /// same order have a root of their own. The rest shares the last one.
    /// </summary>
    public const int LastRoot = 8;

    public const int NumberBits = 16;

    /// <summary>All numbers are below.</summary>
    public const int Capacity = 16 * 1024;
    private const int MostInOneObject = 8 * 1024;
    private const int TableSize = 4 * Capacity;

    /// <summary>So far from the place of its hash a key may be found. The hash is weak: all keys of an object may have the same.</summary>
    private const int MostProbes = 256;
    private const int RefusalsUntilRenewal = 1 << 18;

    private static KnownKeys current = new();
    private static int generations;

    private readonly Lock gate = new();
    private readonly KnownKey[] keys = GC.AllocateUninitializedArray<KnownKey>(Capacity, pinned: true);

    /// <summary>The numbers of the keys by the hash of parent and text, 0 where there is none; the next place is the next to look at.</summary>
    private readonly ushort[] table = new ushort[TableSize];
    private int count;
    private int refusals;

    private KnownKeys()
    {
        Start = (KnownKey*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(keys));
        Generation = Interlocked.Increment(ref generations) & 0xFFFFFF;
        Add(new KnownKey { Mask = uint.MaxValue });
        while (count <= LastRoot)
        {
            Add(default);
        }
    }

    /// <summary>The tree that new documents use. A full one that fits them no more is replaced.</summary>
    public static KnownKeys Current => Volatile.Read(ref current);

    public KnownKey* Start { get; }

    /// <summary>Tells the tree from those before it.</summary>
    public int Generation { get; }

    /// <summary>
    /// The key at <paramref name="text"/>, which is complete and has nothing unusual in it; <see cref="Unknown"/> when it is not to be
    /// remembered. The guesses are set so that it is found at once the next time.
    /// </summary>
    /// <param name="parent">The key whose value the object is.</param>
    /// <param name="previous">The key before it in the object, else the parent.</param>
    /// <param name="text">Readable for <see cref="TextWidth"/> bytes.</param>
    /// <param name="length">With quotes and colon.</param>
    public KnownKey* Learn(KnownKey* parent, KnownKey* previous, byte* text, int length)
    {
        if (length > TextWidth || parent == Start)
        {
            return Start;
        }

        KnownKey* found = Find(parent, KeyHash.OfReadable(text + 1, length - 3), text);
        if (found == Start)
        {
            found = Append(parent, text, length);
        }

        if (previous == parent)
        {
            Volatile.Write(ref parent->First, (int)(found - parent));
        }
        else if (found > previous && previous != Start)
        {
            Volatile.Write(ref previous->Next, (int)(found - previous));
        }

        return found;
    }

    /// <summary>Whether so many keys were met in objects that are its value that no more are learnt.</summary>
#pragma warning disable CA1822 // Part of the shape of a tree.
    public bool IsFull(KnownKey* parent) => parent->Children == MostInOneObject;
#pragma warning restore CA1822

    /// <summary>
    /// Whether any object at that place in the tree ever had the key. Under the lock, so that no key is counted among the parent's that is not
    /// found yet.
    /// </summary>
    public bool Has(uint parent, ReadOnlySpan<byte> key, uint hash)
    {
        lock (gate)
        {
            int at = PlaceOf(parent, hash);
            for (int probes = 0; probes < MostProbes && table[at] != Unknown; probes++, at = (at + 1) & (TableSize - 1))
            {
                KnownKey* candidate = Start + table[at];
                if (candidate->Parent == parent && candidate->Content.SequenceEqual(key))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static int PlaceOf(uint parent, uint hash) => (int)((hash + (parent * 0x9E3779B1)) >> 7) & (TableSize - 1);

    private KnownKey* Find(KnownKey* parent, uint hash, byte* text)
    {
        Vector256<byte> bytes = Vector256.Load(text);
        uint number = (uint)(parent - Start);
        int at = PlaceOf(number, hash);
        for (int probes = 0; probes < MostProbes; probes++, at = (at + 1) & (TableSize - 1))
        {
            ushort found = Volatile.Read(ref table[at]);
            if (found == Unknown || (Start[found].Parent == number && Start[found].Matches(bytes)))
            {
                return Start + found;
            }
        }

        return Start;
    }

    /// <summary>Where a new key goes; -1 if too many have about the same hash.</summary>
    private int FreePlace(uint parent, uint hash)
    {
        int at = PlaceOf(parent, hash);
        for (int probes = 0; probes < MostProbes; probes++, at = (at + 1) & (TableSize - 1))
        {
            if (table[at] == Unknown)
            {
                return at;
            }
        }

        return -1;
    }

    private KnownKey* Append(KnownKey* parent, byte* text, int length)
    {
        if (count == Capacity || IsFull(parent))
        {
            RenewIfOutlived();
            return Start;
        }

        uint hash = KeyHash.OfReadable(text + 1, length - 3);
        lock (gate)
        {
            // Another thread may have been faster.
            KnownKey* found = Find(parent, hash, text);
            int place = FreePlace((uint)(parent - Start), hash);
            if (found != Start || count == Capacity || place < 0)
            {
                return found;
            }

            int index = count;
            var key = new KnownKey { Length = length, Mask = (uint)((1UL << length) - 1), Parent = (ushort)(parent - Start) };
            new ReadOnlySpan<byte>(text, length).CopyTo(key.Text);
            Add(key);

            // Counted before it can be found: no document that has it sees the count without it.
            Volatile.Write(ref parent->Met, parent->Met | (1UL << (int)(hash & 63)));
            Volatile.Write(ref parent->Children, (ushort)(parent->Children + 1));
            Volatile.Write(ref table[place], (ushort)index);
            return Start + index;
        }
    }

    private void Add(KnownKey key)
    {
        key.Meta = (uint)JsonKind.String | ((uint)count << TapeEntry.CountShift);
        key.Next = key.First = -count;
        Start[count++] = key;
    }

    /// <summary>A tree full of keys that nobody has any more, or with too many in one place, must not stay for ever.</summary>
    private void RenewIfOutlived()
    {
        if (Interlocked.Increment(ref refusals) == RefusalsUntilRenewal)
        {
            Volatile.Write(ref current, new KnownKeys());
        }
    }
}
