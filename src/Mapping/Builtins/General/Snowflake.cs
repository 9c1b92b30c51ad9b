using System.Globalization;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary><c>snowflake_id</c>.</summary>
internal static class Snowflake
{
    private const long Epoch = 1288834974657;
    private const int NodeBits = 10;
    private const int StepBits = 12;

    public static readonly Builtin SnowflakeId = BuiltinBuilder
        .Function("snowflake_id", Category.General, "Gives an identifier of decimal digits that grows with time; each place in a mapping has a generator of its own.")
        .FromConnect()
        .Returns("string")
        .Parameter("node_id", ParameterType.Int64, "Which node this is, 0 to 1023.", Value.FromInt64(1))
        .Prepare(MakeGenerator)
        .Example("", "root = range(0, 2).map_each(_ -> snowflake_id().number()).sort().length()", ("{}", "2"))
        .Example("The node is part of it.", "root = snowflake_id(5).int64().bitwise_and(4190208) / 4096", ("{}", "5"))
        .Body<Generator>(static (context, _, generator, _) =>
            context.Arena.String(generator.Next(context.Now.ToUnixTimeMilliseconds()).ToString(CultureInfo.InvariantCulture)));

    private static Preparation MakeGenerator(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        long node = arguments[0].AsInt64();
        return node is >= 0 and < 1 << NodeBits
            ? Preparation.Ready(new Generator(node))
            : Preparation.Refuse($"the node number must be between 0 and {(1 << NodeBits) - 1}, got {node}");
    }

    private sealed class Generator(long node)
    {
        private readonly Lock gate = new();
        private long time;
        private long step;

        public long Next(long now)
        {
            lock (gate)
            {
                step = now > time ? 0 : step + 1;
                time = Math.Max(now, time);
                if (step == 1 << StepBits)
                {
                    // The next millisecond is used up in advance: waiting for it could take for ever where the clock is set.
                    time++;
                    step = 0;
                }

                return ((time - Epoch) << (NodeBits + StepBits)) | (node << StepBits) | step;
            }
        }
    }
}
