using System.Buffers;
using System.Numerics;

namespace Mapping.Values.Json;

/// <summary>
/// Tables for the large objects and arrays of a document that were walked over several times in search of members, so that n look-ups
/// cost n. Readers on several threads may each make a table; they make the same.
/// </summary>
internal sealed class LargeContainers
{
    /// <summary>A container with fewer members is walked over each time.</summary>
    public const int Least = 256;

    private const int WalksBeforeTable = 4;
    private const int Places = 1024;

    /// <summary>Members walked over so far, by container. Threads may lose steps to each other, and containers may share a place.</summary>
    private readonly int[] steps = new int[Places];

    private readonly Table?[] tables = new Table?[Places];
    private bool isUsed;

    /// <summary>The table of an object, null while it has none.</summary>
    public Table? Find(int container)
    {
        Table? table = Volatile.Read(ref tables[PlaceOf(container)]);
        while (table is not null && table.Container != container)
        {
            table = table.Next;
        }

        return table;
    }

    /// <summary>Notes a walk; true when a table has become worth its price.</summary>
    public bool IsWorthTable(int container, int walked, int count)
    {
        isUsed = true;
        ref int sum = ref steps[PlaceOf(container)];
        sum += walked;
        if (sum < (long)count * WalksBeforeTable)
        {
            return false;
        }

        sum = 0;
        return true;
    }

    public void Add(Table table)
    {
        ref Table? place = ref tables[PlaceOf(table.Container)];
        do
        {
            table.Next = Volatile.Read(ref place);
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref place, table, table.Next), table.Next));
    }

    /// <summary>For the next text, when nobody reads the last one any more.</summary>
    public void Clear()
    {
        if (!isUsed)
        {
            return;
        }

        isUsed = false;
        Array.Clear(steps);
        for (int i = 0; i < tables.Length; i++)
        {
            for (Table? table = tables[i]; table is not null; table = table.Next)
            {
                ArrayPool<ulong>.Shared.Return(table.Entries);
            }

            tables[i] = null;
        }
    }

    private static int PlaceOf(int container) => (int)((uint)container * 0x9E3779B1 >> 16) & (Places - 1);

    /// <summary>
    /// Of an object: hashes of keys and, below, where the keys are on the tape, at the place of the hash or behind. Of an array: where
    /// its elements are.
    /// </summary>
    internal sealed class Table
    {
        public Table(int container, int size)
        {
            Container = container;
            Size = (int)BitOperations.RoundUpToPowerOf2((uint)size);
            Entries = ArrayPool<ulong>.Shared.Rent(Size);
        }

        public int Container { get; }

        public int Size { get; }

        public ulong[] Entries { get; }

        public Table? Next { get; set; }
    }
}
