using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>Keys of the objects that queries see, encoded once.</summary>
internal static class Fields
{
    public static readonly Value Key = Value.FromString("key");
    public static readonly Value Item = Value.FromString("value");
    public static readonly Value Index = Value.FromString("index");
    public static readonly Value Tally = Value.FromString("tally");
    public static readonly Value Left = Value.FromString("left");
    public static readonly Value Right = Value.FromString("right");

    /// <summary>A small object of two members.</summary>
    public static ObjectNode Pair(Arena arena, Value firstKey, Value first, Value secondKey, Value second)
    {
        ObjectNode pair = arena.NewObject(2);
        pair.AddNew(firstKey, first.Frozen());
        pair.AddNew(secondKey, second.Frozen());
        return pair;
    }

    /// <summary>Gives the object that a query sees new values; only where the query's result cannot hold the object.</summary>
    public static void Refill(ObjectNode pair, Value firstKey, Value first, Value secondKey, Value second)
    {
        pair.Set(firstKey, first.Frozen());
        pair.Set(secondKey, second.Frozen());
    }
}
