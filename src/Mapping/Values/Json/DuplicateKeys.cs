using System.Runtime.InteropServices;

namespace Mapping.Values.Json;

/// <summary>Exact answers about repeated keys, by decoded bytes. Only asked when hashes repeat, which nearly always means that keys do.</summary>
internal static class DuplicateKeys
{
    /// <summary>Whether a key occurs twice in the object, all of whose members are on the tape.</summary>
    public static bool Exist(Document document, int objectIndex, int count)
    {
        var seen = new HashSet<int>(count, new ParsingComparer(document));
        int key = objectIndex + 1;
        for (int i = 0; i < count; i++)
        {
            if (!seen.Add(key))
            {
                return true;
            }

            key = document.NextAt(key + 1);
        }

        return false;
    }

    /// <summary>
    /// The members that count, as pairs of tape indices of key and value: each key where it is first written, with the value written last.
    /// </summary>
    public static int[] Resolve(Document document, int objectIndex)
    {
        int count = document.CountAt(objectIndex);
        var members = new List<int>(2 * count);
        var places = new Dictionary<int, int>(count, new Comparer(document));
        int key = objectIndex + 1;
        for (int i = 0; i < count; i++)
        {
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, key, out bool repeated);
            if (repeated)
            {
                members[place] = key + 1;
            }
            else
            {
                place = members.Count + 1;
                members.Add(key);
                members.Add(key + 1);
            }

            key = document.NextAt(key + 1);
        }

        return [.. members];
    }

    private sealed class Comparer(Document document) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => Content(x).SequenceEqual(Content(y));

        public int GetHashCode(int key) => (int)KeyHash.Keyed(Content(key));

        private ReadOnlySpan<byte> Content(int key)
        {
            document.StringAt(key, out byte[] owner, out int offset, out int length);
            return owner.AsSpan(offset, length);
        }
    }

    /// <summary>The side buffer is not there yet while a document is parsed: keys with escapes are decoded for each comparison.</summary>
    private sealed class ParsingComparer(Document document) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y)
        {
            ReadOnlySpan<byte> first = document.KeyWhileParsing(in document.Tape[x], ref document.FirstScratch);
            return first.SequenceEqual(document.KeyWhileParsing(in document.Tape[y], ref document.SecondScratch));
        }

        public int GetHashCode(int key) => (int)KeyHash.Keyed(document.KeyWhileParsing(in document.Tape[key], ref document.FirstScratch));
    }
}
