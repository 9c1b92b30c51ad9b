using Mapping.Builtins.General;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Numbers;

/// <summary><c>random_int</c>.</summary>
internal static class RandomInt
{
    private const long Most = long.MaxValue - 1;

    public static readonly Builtin Declaration = BuiltinBuilder
        .Function("random_int", Category.General, "Gives a random whole number; not for secrets.")
        .Returns("int64")
        .Parameter("seed", ParameterType.Lazy, "Evaluated once, at the first use of this call; the same seed gives the same numbers.", Value.FromInt64(0))
        .Parameter("min", ParameterType.Int64, "The smallest number to give.", Value.FromInt64(0), literalOnly: true)
        .Parameter("max", ParameterType.Int64, "The largest number to give.", Value.FromInt64(Most), literalOnly: true)
        .Prepare(Check)
        .Example("", "root = random_int(min: 3, max: 3)", ("{}", "3"))
        .Example("Another sequence in each run.", "root = random_int(timestamp_unix_nano(), 1, 6) <= 6", ("{}", "true"))
        .Body<Generator>(Next);

    private static Preparation Check(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        long min = arguments[1].AsInt64();
        long max = arguments[2].AsInt64();
        if (min < 0)
        {
            return Preparation.Refuse($"min ({min}) must be a positive number", 1);
        }

        if (max > Most)
        {
            return Preparation.Refuse($"max must be smaller than the max allowed for an int64 ({long.MaxValue})", 2);
        }

        return min > max ? Preparation.Refuse($"min ({min}) must be smaller or equal than max ({max})", 1) : Preparation.Ready(new Generator());
    }

    private static Value Next(EvaluationContext context, Value target, Generator generator, ReadOnlySpan<Value> arguments)
    {
        if (!generator.IsSeeded)
        {
            Value seed = Lazily.Evaluate(context, arguments[0]);
            if (seed.IsError)
            {
                return seed.AsError().Within("failed to seed random number generator: ");
            }

            seed = seed.Normalized();
            bool whole = seed.Kind is ValueKind.Int64 or ValueKind.UInt64 || (seed.IsFloat64 && Math.Floor(seed.AsFloat64()) == seed.AsFloat64());
            if (!whole)
            {
                return Value.Fail($"failed to seed random number generator: {Mismatch.Text("whole number", seed)}");
            }

            generator.Seed(seed.ToInt64());
        }

        ulong width = (ulong)(arguments[2].AsInt64() - arguments[1].AsInt64()) + 1;
        ulong high = Math.BigMul(generator.Next(), width, out _);
        return Value.FromInt64(arguments[1].AsInt64() + (long)high);
    }

    /// <summary>SplitMix64: one atomic step, so that threads share it without a lock.</summary>
    private sealed class Generator
    {
        private readonly Lock gate = new();
        private ulong state;
        private volatile bool isSeeded;

        public bool IsSeeded => isSeeded;

        /// <summary>The first seed stays.</summary>
        public void Seed(long seed)
        {
            lock (gate)
            {
                if (!isSeeded)
                {
                    state = (ulong)seed;
                    isSeeded = true;
                }
            }
        }

        public ulong Next()
        {
            ulong z = Interlocked.Add(ref state, 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
