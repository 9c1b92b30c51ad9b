using System.Diagnostics.CodeAnalysis;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>Keys of the objects that queries see, encoded once.</summary>
internal static class Fields
{
    public static readonly Value Key = Value.FromKey("key"u8);
    public static readonly Value Item = Value.FromKey("value"u8);
    public static readonly Value Index = Value.FromKey("index"u8);
    public static readonly Value Tally = Value.FromKey("tally"u8);
    public static readonly Value Left = Value.FromKey("left"u8);
    public static readonly Value Right = Value.FromKey("right"u8);

    /// <summary>A small object of two members.</summary>
    public static ObjectNode Pair(Arena arena, Value firstKey, Value first, Value secondKey, Value second)
    {
        ObjectNode pair = arena.NewObject(2);
        pair.AddNew(firstKey, first.Frozen());
        pair.AddNew(secondKey, second.Frozen());
        return pair;
    }

    /// <summary>The object for the next evaluation of a query: the last one again, if the query cannot have kept it.</summary>
    public static void Show([NotNull] ref ObjectNode? pair, Query query, Arena arena, Value firstKey, Value first, Value secondKey, Value second)
    {
        if (pair is null || !query.ReadsMembersOnly)
        {
            pair = Pair(arena, firstKey, first, secondKey, second);
        }
        else
        {
            Refill(pair, first, second);
        }
    }

    /// <summary>Gives the object that a query sees new values; only where the query's result cannot hold the object.</summary>
    public static void Refill(ObjectNode pair, Value first, Value second)
    {
        pair.SetAt(0, first.Frozen());
        pair.SetAt(1, second.Frozen());
    }
}
