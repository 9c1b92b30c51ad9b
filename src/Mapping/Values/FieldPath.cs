using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Mapping.Text;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>One segment of a path: a key, and the array position it spells if it does.</summary>
internal sealed class PathSegment
{
    internal const int DistanceBits = 24;
    internal const int MostDistance = (1 << DistanceBits) - 1;

    private ulong lastPlace;
    private ulong otherPlace;
    private ulong lastAbsence;

    public PathSegment(byte[] key)
    {
        Key = SharedKeys.Of(key);
        Hash = KeyHash.Of(key);
        KeyBit = ObjectNode.Bit(Hash);
        SeededHash = KeyHash.Seeded(key);
        Position = ParsePosition(key);
        IsWildcard = key is [(byte)'*'];
        IsAppend = key is [(byte)'-'];
    }

    public Value Key { get; }

    /// <summary>The key's hash on the tape of a document.</summary>
    public uint Hash { get; }

    /// <summary>The key's bit among those of the keys that an object has.</summary>
    public ulong KeyBit { get; }

    /// <summary>The key's hash in the tables of large objects.</summary>
    public uint SeededHash { get; }

    /// <summary>
    /// Where the key was found last: the generation and number of the key in <see cref="KnownKeys"/>, and the distance from its object on
    /// the tape. Whatever was once stored is true, so threads may overwrite it as they like; halves of two of them are not, so that it is
    /// read and written whole, on 32-bit hosts too.
    /// </summary>
    internal ulong LastPlace
    {
        get => Volatile.Read(ref lastPlace);
        set => Volatile.Write(ref lastPlace, value);
    }

    /// <summary>Where it was found before that, at another distance or in another object: optional parts move what is behind them.</summary>
    internal ulong OtherPlace
    {
        get => Volatile.Read(ref otherPlace);
        set => Volatile.Write(ref otherPlace, value);
    }

    /// <summary>Where the key was not: an object with only known keys, none of which it is.</summary>
    internal ulong LastAbsence
    {
        get => Volatile.Read(ref lastAbsence);
        set => Volatile.Write(ref lastAbsence, value);
    }

    /// <summary>The slot of an object made by the mapping where the key was found last: the first to look at.</summary>
    internal int LastSlot { get; set; }

    /// <summary>The position in an array, or -1.</summary>
    public int Position { get; }

    public bool IsWildcard { get; }

    public bool IsAppend { get; }

    private static int ParsePosition(ReadOnlySpan<byte> key)
    {
        if (key is [(byte)'+', ..])
        {
            key = key[1..];
        }

        bool digits = key.Length > 0 && key.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        return digits && Utf8Parser.TryParse(key, out int position, out int read) && read == key.Length ? position : -1;
    }
}

/// <summary>A path into a value: <c>a.b.0</c>.</summary>
internal sealed class FieldPath(PathSegment[] segments)
{
    public static readonly FieldPath Empty = new([]);

    private readonly PathSegment? first = segments.FirstOrDefault();
    private readonly bool hasWildcard = segments.Any(s => s.IsWildcard);

    public ReadOnlySpan<PathSegment> Segments => segments;

    public int Length => segments.Length;

    public bool HasWildcard => hasWildcard;

    public static FieldPath FromKeys(IEnumerable<byte[]> keys) => new([.. keys.Select(k => new PathSegment(k))]);

    /// <summary>Splits a path given as text at its dots; <c>~1</c> is a dot and <c>~0</c> a tilde within a segment.</summary>
    public static FieldPath Parse(ReadOnlySpan<byte> text)
    {
        var parts = new List<PathSegment>();
        foreach (Range part in text.Split((byte)'.'))
        {
            parts.Add(new PathSegment(Unescape(text[part])));
        }

        return new FieldPath([.. parts]);
    }

    /// <summary>The path without its first segments.</summary>
    public FieldPath Skip(int count) => new(segments[count..]);

    /// <summary>The first segments as text, dots and tildes in keys escaped.</summary>
    public string ToText(int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
            {
                text.Append('.');
            }

            text.Append(segments[i].Key.AsHostString().Replace("~", "~0", StringComparison.Ordinal).Replace(".", "~1", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    public override string ToString() => ToText(segments.Length);

    /// <summary>Looks the path up; what is missing is null. Never fails.</summary>
    public Value Read(Value value, Arena arena)
    {
        if (!hasWildcard && value.Document is { } document)
        {
            int index = document.Find(value.DocumentIndex, segments);
            return index < 0 ? Value.Null : Value.FromDocument(document, index);
        }

        return ReadMade(value, arena);
    }

    /// <summary>The same for a path of one segment: <c>item.price</c>, the usual one within iterations.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Value ReadField(Value value, Arena arena)
    {
        return value.ObjectNode is { } node && node.TryGetAgain(first!, out Value member) ? member : ReadOtherField(value, arena);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value ReadOtherField(Value value, Arena arena)
    {
        // The usual member of a document that the mapping parsed: where it was in the last one.
        if (value.Document is { } document && document.GuessMember(value.DocumentIndex, first!) is >= 0 and int index)
        {
            return Value.FromDocument(document, index);
        }

        return Read(value, arena);
    }

    /// <summary>The path into what the mapping made, and from there on perhaps into a document.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value ReadMade(Value value, Arena arena)
    {
        if (hasWildcard)
        {
            return ReadSlowly(value, 0, arena);
        }

        int at = 0;
        while (at < segments.Length && value.ObjectNode is { } node)
        {
            value = node.Get(segments[at++]);
            if (value.IsNothing)
            {
                return Value.Null;
            }
        }

        if (at < segments.Length && value.Document is { } document)
        {
            int index = document.Find(value.DocumentIndex, segments.AsSpan(at));
            return index < 0 ? Value.Null : Value.FromDocument(document, index);
        }

        return at == segments.Length ? value : ReadSlowly(value, at, arena);
    }

    /// <summary>Whether the path leads to something, an explicit null included.</summary>
    public bool Exists(Value value, Arena arena) => TryRead(value, 0, arena, out _);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value ReadSlowly(Value value, int from, Arena arena) => TryRead(value, from, arena, out Value found) ? found : Value.Null;

    private bool TryRead(Value value, int from, Arena arena, out Value found)
    {
        for (int i = from; i < segments.Length; i++)
        {
            if (segments[i].IsWildcard && value.IsArray)
            {
                return TryReadEach(value, i + 1, arena, out found);
            }

            if (!hasWildcard && value.Document is { } document)
            {
                int index = document.Find(value.DocumentIndex, segments.AsSpan(i));
                found = index < 0 ? default : Value.FromDocument(document, index);
                return index >= 0;
            }

            if (!TryStep(value, segments[i], out value))
            {
                found = default;
                return false;
            }
        }

        found = value;
        return true;
    }

    private static bool TryStep(Value value, PathSegment segment, out Value next)
    {
        switch (value.Kind)
        {
            case ValueKind.Object:
                return value.TryGetMember(segment, out next);
            case ValueKind.Array when segment.Position >= 0 && segment.Position < value.Count:
                next = value.ElementAt(segment.Position);
                return true;
            default:
                next = default;
                return false;
        }
    }

    private bool TryReadEach(Value array, int rest, Arena arena, out Value result)
    {
        if (rest == segments.Length)
        {
            result = array;
            return array.Count > 0;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            result = DeepStack.Run(() => TryReadEach(array, rest, arena, out Value deep) ? deep : Value.Nothing);
            return !result.IsNothing;
        }

        ArrayNode found = arena.NewArray();
        foreach (Value element in array.Elements)
        {
            // An explicit null is kept; only what is absent is skipped.
            if (TryRead(element, rest, arena, out Value value))
            {
                found.Add(value.Frozen());
            }
        }

        result = Value.FromArray(found);
        return found.Count > 0;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> segment)
    {
        if (segment.IndexOf((byte)'~') < 0)
        {
            return segment.ToArray();
        }

        string text = Encoding.Latin1.GetString(segment);
        return Encoding.Latin1.GetBytes(text.Replace("~1", ".", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
    }
}
