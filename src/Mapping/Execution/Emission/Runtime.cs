using System.Runtime.CompilerServices;
using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>Values as a builtin takes them.</summary>
internal delegate ReadOnlySpan<Value> SpanOfValues(Value[] values);

/// <summary>What generated code calls: one small method for each thing it asks of values and of the context.</summary>
internal static class Runtime
{
    /// <summary>The outcome of a test that gave neither true nor false.</summary>
    public const int Neither = -1;

    public static bool IsError(Value value) => value.IsError;

    public static bool IsFatal(Value value) => value.IsError && value.AsError().IsFatal;

    /// <summary>Whether the kind is one of those, a bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOneOf(Value value, uint kinds) => ((kinds >> (int)value.Kind) & 1) != 0;

    public static bool IsNothing(Value value) => value.IsNothing;

    public static bool IsNull(Value value) => value.IsNull;

    public static bool IsPlain(Value value) => value.IsPlain;

    public static bool OwnsBytes(Value value) => value.OwnsBytes;

    public static bool IsOwnedText(Value value) => value.IsOwnedText;

    public static bool IsBool(Value value) => value.IsBool;

    public static bool IsInt64(Value value) => value.IsInt64;

    public static bool IsFloat64(Value value) => value.IsFloat64;

    public static EvaluationError AsError(Value value) => value.AsError();

    /// <summary>1 for true, 0 for false, <see cref="Neither"/> for all else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Truth(Value value) => value.IsBool ? (value.AsBool() ? 1 : 0) : Neither;

    /// <summary>As <see cref="Truth"/>, for the operands of <c>&amp;&amp;</c> and <c>||</c>, which may be numbers.</summary>
    public static int Condition(Value value) => OperatorSite.TryCondition(value, out bool condition) ? (condition ? 1 : 0) : Neither;

    public static double FloatOperand(Value value) => value.AsFloatOperand();

    /// <summary>An operator whose usual operands are two numbers.</summary>
    public static Value Calculate<T>(OperatorSite site, EvaluationContext context, Value left, Value right)
        where T : struct, INumberOperation
    {
        Value result = NumberOperation.Apply<T>(left, right);
        return result.IsNothing ? site.Apply(context, left, right) : result;
    }

    /// <summary>A comparison by order: 1, 0, or <see cref="Neither"/> when there is none.</summary>
    public static int Order<T>(OperatorSite site, EvaluationContext context, Value left, Value right)
        where T : struct, INumberOperation
    {
        Value result = NumberOperation.Apply<T>(left, right);
        return result.IsNothing ? site.Order(context, left, right) : result.AsBool() ? 1 : 0;
    }

    public static int AreEqual(Value left, Value right) => Comparison.AreEqual(left, right) ? 1 : 0;

    public static int AreDifferent(Value left, Value right) => Comparison.AreEqual(left, right) ? 0 : 1;

    public static ReadOnlySpan<Value> SpanOf(Value[] values) => values;

    public static Value ReadSlot(EvaluationContext context, int slot) => Value.Load(ref context.Slots[slot]);

    public static void WriteSlot(EvaluationContext context, int slot, Value value) => context.Slots[slot] = value;

    public static Value Root(EvaluationContext context) => context.Root.Frozen();

    public static Value DocumentOrNull(EvaluationContext context) => context.DocumentOrNull();

    public static Value Checked(EvaluationContext context, Value value) => context.Checked(value);

    public static Value ReadPath(FieldPath path, EvaluationContext context, Value target) => path.Read(target, context.Arena);

    public static Value ReadField(FieldPath path, EvaluationContext context, Value target) => path.ReadField(target, context.Arena);

    public static Value ReadRoot(FieldPath path, EvaluationContext context) => path.Read(context.Root, context.Arena).Frozen();

    public static ArrayNode NewArray(EvaluationContext context, int capacity) => context.Arena.NewArray(capacity);

    public static ObjectNode NewObject(EvaluationContext context, int capacity) => context.Arena.NewObject(capacity);

    public static Value FromArray(EvaluationContext context, ArrayNode array) => context.Checked(Value.FromArray(array));

    public static Value FromObject(EvaluationContext context, ObjectNode node) => context.Checked(Value.FromObject(node));

    /// <summary>A member whose key is known to differ from all before, where that is usual; if not, <see cref="AddMember"/> is to be called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryAddMember(ObjectNode node, Value key, Value value) => value.IsPlain && node.TryAddNewPlain(key, value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddMember(ObjectNode node, Value key, Value value)
    {
        if (!value.IsSentinel)
        {
            node.AddNew(key, value);
        }
    }
}
