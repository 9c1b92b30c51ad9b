using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary><c>range</c>, <c>bytes</c>.</summary>
internal static class Ranges
{
    private static readonly object Checked = new();

    public static readonly Builtin Range = BuiltinBuilder
        .Function("range", Category.General, "Gives the whole numbers from a start up to, but not including, a stop.")
        .Returns("array")
        .Parameter("start", ParameterType.Int64, "The first number.")
        .Parameter("stop", ParameterType.Int64, "The number to stop before.")
        .Parameter("step", ParameterType.Int64, "The distance between numbers; a negative one counts down.", Value.FromInt64(1))
        .Prepare(Check)
        .Example("", "root = range(0, 3)", ("{}", "[0,1,2]"))
        .Example("", "root = range(start: 5, stop: 0, step: -2)", ("{}", "[5,3,1]"))
        .Body<object>(Count);

    public static readonly Builtin Bytes = BuiltinBuilder
        .Function("bytes", Category.General, "Gives a number of zero bytes.")
        .Returns("bytes")
        .Parameter("length", ParameterType.Int64, "How many.")
        .Example("", "root.v = bytes(3)", ("{}", """{"v":"AAAA"}"""))
        .Example("", "root.n = bytes(5).length()", ("{}", """{"n":5}"""))
        .Prepare(static (_, arguments) => arguments[0].AsInt64() is < 0 and long length
            ? Preparation.Refuse($"the length of bytes must not be negative, got {length}")
            : Preparation.Ready(Checked))
        .Body<object>(Zeros);

    private static Preparation Check(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        long start = arguments[0].AsInt64();
        long stop = arguments[1].AsInt64();
        long step = arguments[2].AsInt64();
        if (step == 0)
        {
            return Preparation.Refuse("step must be greater than or less than 0", 2);
        }

        if (step > 0 && start >= stop)
        {
            return Preparation.Refuse($"with positive step arg start ({start}) must be < stop ({stop})");
        }

        return step < 0 && stop > start
            ? Preparation.Refuse($"with negative step arg stop ({stop}) must be <= start ({start})", 1)
            : Preparation.Ready(Checked);
    }

    private static Value Count(EvaluationContext context, Value target, object state, ReadOnlySpan<Value> arguments)
    {
        long start = arguments[0].AsInt64();
        long step = arguments[2].AsInt64();
        Int128 distance = Int128.Abs((Int128)arguments[1].AsInt64() - start);
        Int128 width = Int128.Abs((Int128)step);
        Int128 count = (distance + width - 1) / width;
        if (!context.TryGrow((long)Int128.Min(count * 16, long.MaxValue / 2), out Value exceeded))
        {
            return exceeded;
        }

        ArrayNode result = context.Arena.NewArray((int)count);
        for (int i = 0; i < (int)count; i++)
        {
            result.Add(Value.FromInt64(start + (i * step)));
        }

        return Value.FromArray(result);
    }

    private static Value Zeros(EvaluationContext context, Value target, object state, ReadOnlySpan<Value> arguments)
    {
        long count = arguments[0].AsInt64();
        if (!context.TryGrow(count, out Value exceeded))
        {
            return exceeded;
        }

        context.Arena.Allocate((int)count, out byte[] owner, out int offset).Clear();
        return Value.FromBytes(owner, offset, (int)count);
    }
}
