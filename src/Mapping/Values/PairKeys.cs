namespace Mapping.Values;

/// <summary>The keys of the object of two members that a query sees, such as <c>key</c> and <c>value</c>.</summary>
internal sealed record PairKeys(Value First, Value Second)
{
    public static readonly PairKeys KeyAndValue = new("key"u8, "value"u8);
    public static readonly PairKeys TallyAndValue = new("tally"u8, "value"u8);
    public static readonly PairKeys IndexAndValue = new("index"u8, "value"u8);
    public static readonly PairKeys LeftAndRight = new("left"u8, "right"u8);

    private PairKeys(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
        : this(SharedKeys.Of(first), SharedKeys.Of(second))
    {
    }

    /// <summary>1 for the first key, 2 for the second one, 0 for any other.</summary>
    public int OffsetOf(Value key) => Comparison.AreEqual(key, First) ? 1 : Comparison.AreEqual(key, Second) ? 2 : 0;

    public ObjectNode Make(Arena arena, Value first, Value second)
    {
        ObjectNode pair = arena.NewObject(2);
        pair.AddNew(First, first.Frozen());
        pair.AddNew(Second, second.Frozen());
        return pair;
    }
}
