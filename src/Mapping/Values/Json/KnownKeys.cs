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

    public const int NumberBits = 16;

    /// <summary>All numbers are below.</summary>
    public const int Capacity = 4096;
    private const int MostInOneObject = 1024;
    private const int StepsWhenFull = 16;
    private const int RefusalsUntilRenewal = 1 << 20;

    private static KnownKeys current = new();
    private static int generations;

    private readonly Lock gate = new();
    private readonly KnownKey[] keys = GC.AllocateUninitializedArray<KnownKey>(Capacity, pinned: true);
    private int count;
    private int refusals;

    private KnownKeys()
    {
        Start = (KnownKey*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(keys));
        Generation = Interlocked.Increment(ref generations) & 0xFFFFFF;
        Add(new KnownKey { Mask = uint.MaxValue });
        Add(default);
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

        // A key may be added only if it is not there yet, so then all are looked at; where there is no room it is given up early.
        int steps = parent->Children < MostInOneObject && count < Capacity ? MostInOneObject : StepsWhenFull;
        KnownKey* found = Search(Start + (previous == parent || previous == Start ? parent->Oldest : previous->Sibling), text, steps);
        if (found == Start && previous != parent)
        {
            found = Search(Start + parent->Oldest, text, steps);
        }

        if (found == Start)
        {
            found = Append(parent, text, length);
        }

        if (previous == parent)
        {
            parent->First = (int)(found - parent);
        }
        else if (found > previous && previous != Start)
        {
            previous->Next = (int)(found - previous);
        }

        return found;
    }

    /// <summary>Whether any object at that place in the tree ever had the key.</summary>
    public bool Has(uint parent, ReadOnlySpan<byte> key)
    {
        for (int number = Start[parent].Oldest; number != Unknown; number = Start[number].Sibling)
        {
            if (Start[number].Content.SequenceEqual(key))
            {
                return true;
            }
        }

        return false;
    }

    private KnownKey* Search(KnownKey* candidate, byte* text, int steps)
    {
        Vector256<byte> bytes = Vector256.Load(text);
        for (; steps > 0 && candidate != Start; steps--)
        {
            if (candidate->Matches(bytes))
            {
                return candidate;
            }

            candidate = Start + candidate->Sibling;
        }

        return Start;
    }

    private KnownKey* Append(KnownKey* parent, byte* text, int length)
    {
        lock (gate)
        {
            if (count == Capacity || parent->Children == MostInOneObject)
            {
                RenewIfOutlived();
                return Start;
            }

            // Another thread may have been faster.
            KnownKey* found = Search(Start + parent->Oldest, text, MostInOneObject);
            if (found != Start)
            {
                return found;
            }

            int index = count;
            var key = new KnownKey { Length = length, Mask = (uint)((1UL << length) - 1), Parent = (ushort)(parent - Start) };
            new ReadOnlySpan<byte>(text, length).CopyTo(key.Text);
            Add(key);
            parent->Met |= 1UL << (int)(KeyHash.Of(key.Content) & 63);
            parent->Children++;
            ushort newest = parent->Newest;
            parent->Newest = (ushort)index;
            Volatile.Write(ref newest == 0 ? ref parent->Oldest : ref Start[newest].Sibling, (ushort)index);
            return Start + index;
        }
    }

    private void Add(KnownKey key)
    {
        key.Meta = (uint)JsonKind.String | ((uint)count << TapeEntry.CountShift);
        key.Next = key.First = -count;
        Start[count++] = key;
    }

    /// <summary>A tree full of keys that nobody has any more must not stay for ever.</summary>
    private void RenewIfOutlived()
    {
        if (count == Capacity && ++refusals == RefusalsUntilRenewal)
        {
            Volatile.Write(ref current, new KnownKeys());
        }
    }
}
