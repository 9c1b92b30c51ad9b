using System.Numerics;
using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Builtins.Objects;

/// <summary>
/// What a query made of the known keys of documents. A query that depends on the key alone gives the same for it in every document, so for
/// records of one shape it is evaluated once.
/// </summary>
internal sealed class KeyRenames(int generation)
{
    private const int Fewest = 256;

    private readonly Lock gate = new();
    private Renamed?[] byNumber = new Renamed?[Fewest];
    private readonly Dictionary<byte[], int> results = new(new BytesComparer());
    private int resultCount;

    /// <summary>Renames the members of an object of a document; null where that has to be done key by key.</summary>
    public static ObjectNode? TryRename(EvaluationContext context, Document document, int objectIndex, Query query)
    {
        if (!query.Nature.IsFunction || !document.HasOnlyKnownKeys(objectIndex))
        {
            return null;
        }

        if (query.Memory is not KeyRenames memory || memory.IsOutdated(document))
        {
            query.Memory = memory = new KeyRenames(document.Keys.Generation);
        }

        return memory.Rename(context, document, objectIndex, query);
    }

    private bool IsOutdated(Document document) => generation != document.Keys.Generation;

    private ObjectNode? Rename(EvaluationContext context, Document document, int objectIndex, Query query)
    {
        int end = document.NextAt(objectIndex);
        for (int key = document.FirstChild(objectIndex); key < end; key = document.NextAt(key + 1))
        {
            if (Find(document.KeyNumberAt(key)) is not null ? !context.Step() && context.LookAtLimits().IsError : !TryLearn(query.Evaluate(context, Value.FromDocument(document, key)), document, key))
            {
                return null;
            }
        }

        return Build(context, document, objectIndex);
    }

    /// <summary>Once all keys are known; null if two of them became one.</summary>
    private ObjectNode? Build(EvaluationContext context, Document document, int objectIndex)
    {
        ObjectNode result = context.Arena.NewObject(document.CountAt(objectIndex));
        Span<ulong> met = context.Marks(Volatile.Read(ref resultCount));
        int end = document.NextAt(objectIndex);
        for (int key = document.FirstChild(objectIndex); key < end; key = document.NextAt(key + 1))
        {
            Renamed renamed = Find(document.KeyNumberAt(key))!;
            ref ulong word = ref met[renamed.Number >> 6];
            ulong bit = 1UL << (renamed.Number & 63);
            if ((word & bit) != 0)
            {
                return null;
            }

            word |= bit;
            result.AddNew(renamed.Key, Value.FromDocument(document, key + 1));
        }

        return result;
    }

    /// <summary>False for errors and whatever else is no key.</summary>
    private bool TryLearn(Value result, Document document, int key)
    {
        if (result.IsNothing)
        {
            result = Value.FromDocument(document, key);
        }

        if (!result.IsString)
        {
            return false;
        }

        lock (gate)
        {
            byte[] content = result.AsSpan().ToArray();
            if (!results.TryGetValue(content, out int number))
            {
                number = results.Count;
                results.Add(content, number);

                // Before anybody can find it.
                Volatile.Write(ref resultCount, results.Count);
            }

            Keep(document.KeyNumberAt(key), new Renamed(Value.FromKey(content), number));
            return true;
        }
    }

    private Renamed? Find(int number)
    {
        Renamed?[] found = Volatile.Read(ref byNumber);
        return number < found.Length ? Volatile.Read(ref found[number]) : null;
    }

    private void Keep(int number, Renamed renamed)
    {
        if (number >= byNumber.Length)
        {
            var grown = new Renamed?[BitOperations.RoundUpToPowerOf2((uint)number + 1)];
            byNumber.CopyTo(grown, 0);
            Volatile.Write(ref byNumber, grown);
        }

        Volatile.Write(ref byNumber[number], renamed);
    }

    /// <param name="Key">The new key.</param>
    /// <param name="Number">The same for equal keys.</param>
    private sealed record Renamed(Value Key, int Number);

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes) => (int)KeyHash.Keyed(bytes);
    }
}
