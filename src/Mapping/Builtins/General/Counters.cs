using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary><c>counter</c>, <c>count</c>.</summary>
internal static class Counters
{
    public static readonly Builtin Counter = BuiltinBuilder
        .Function("counter", Category.General, "Counts its own calls; each place in a mapping has a counter of its own.")
        .Returns("int64")
        .Status(BuiltinStatus.Experimental)
        .Parameter("min", ParameterType.Lazy, "The first number; evaluated once.", Value.FromInt64(1))
        .Parameter("max", ParameterType.Lazy, "The last number, after which it starts again; evaluated once.", Value.FromInt64(long.MaxValue))
        .Optional("set", ParameterType.Lazy, "A number to continue from, null to look without counting, deleted() to start again.")
        .Prepare(static (_, _) => Preparation.Ready(new CounterState()))
        .Example("", "root = counter()", ("{}", "1"))
        .Example("Round and round.", "root = range(0, 4).map_each(_ -> counter(min: 1, max: 3))", ("{}", "[1,2,3,1]"))
        .Body<CounterState>(Next);

    public static readonly Builtin Count = BuiltinBuilder
        .Function("count", Category.Deprecated, "Counts the calls with a name, in the whole process.")
        .Returns("int64")
        .Status(BuiltinStatus.Deprecated)
        .Impure()
        .Parameter("name", ParameterType.String, "The name of the counter.")
        .Example("", "root = count(\"example\") > 0", ("{}", "true"))
        .Example("", "root = count(\"other example\") < count(\"other example\")", ("{}", "true"))
        .FunctionBody(static (EvaluationContext context, Value name) =>
            Value.FromInt64(context.Services.Counters.AddOrUpdate(name.AsHostString(), 1, static (_, n) => n + 1)));

    private static Value Next(EvaluationContext context, Value target, CounterState state, ReadOnlySpan<Value> arguments)
    {
        if (!state.IsReady)
        {
            Value failure = Ready(context, state, arguments);
            if (failure.IsError)
            {
                return failure;
            }
        }

        if (arguments[2].IsAbsent)
        {
            return Value.FromInt64(state.Count());
        }

        Value set = Lazily.Evaluate(context, arguments[2]).Normalized();
        return set.Kind switch
        {
            ValueKind.Error => set.AsError().Within("failed to resolve set argument: "),
            ValueKind.Null => Value.FromInt64(state.Look()),
            ValueKind.Deleted => Value.FromInt64(state.Restart()),
            ValueKind.Nothing => Value.FromInt64(state.Count()),
            ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64 => Value.FromInt64(state.Set(set.ToInt64())),
            _ => Value.Fail($"failed to resolve set argument: {Mismatch.Text("number", set)}"),
        };
    }

    private static Value Ready(EvaluationContext context, CounterState state, ReadOnlySpan<Value> arguments)
    {
        Value min = Lazily.Evaluate(context, arguments[0]).Normalized();
        if (!min.IsNumber)
        {
            return min.IsError ? min.AsError().Within("failed to resolve min argument: ") : Value.Fail($"failed to resolve min argument: {Mismatch.Text("number", min)}");
        }

        Value max = Lazily.Evaluate(context, arguments[1]).Normalized();
        if (!max.IsNumber)
        {
            return max.IsError ? max.AsError().Within("failed to resolve max argument: ") : Value.Fail($"failed to resolve max argument: {Mismatch.Text("number", max)}");
        }

        if (min.ToInt64() < 0)
        {
            return Value.Fail($"min argument must be >=0, got {min.ToInt64()}");
        }

        if (max.ToInt64() <= min.ToInt64())
        {
            return Value.Fail($"max argument must be >0 and >min, got {max.ToInt64()}");
        }

        state.Start(min.ToInt64(), max.ToInt64());
        return default;
    }

    private sealed class CounterState
    {
        private readonly Lock gate = new();
        private volatile bool isReady;
        private long min;
        private long max;
        private long current;

        public bool IsReady => isReady;

        /// <summary>The first bounds stay.</summary>
        public void Start(long least, long most)
        {
            lock (gate)
            {
                if (!isReady)
                {
                    min = least;
                    max = most;
                    current = least - 1;
                    isReady = true;
                }
            }
        }

        public long Count()
        {
            lock (gate)
            {
                return current = current >= max ? min : current + 1;
            }
        }

        public long Look()
        {
            lock (gate)
            {
                return current;
            }
        }

        public long Restart() => Set(min);

        public long Set(long value)
        {
            lock (gate)
            {
                return current = value;
            }
        }
    }
}
