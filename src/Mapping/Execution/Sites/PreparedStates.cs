using System.Numerics;
using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Execution.Sites;

/// <summary>
/// What a builtin prepared at one place from arguments that are known only when it is evaluated: paths, patterns and formats come again and
/// again. As many as fit are kept; a newer one takes the place of an older one.
/// </summary>
internal sealed class PreparedStates(Builtin builtin)
{
    private const int Places = 256;
    private const int LongestKept = 256;

    private readonly Entry?[] entries = new Entry?[Places];

    public Preparation Prepare(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        uint hash = 0;
        foreach (ref readonly Value argument in arguments)
        {
            if (!argument.IsAbsent && (!argument.IsString || argument.TextLength > LongestKept))
            {
                return builtin.Prepare!(services, arguments);
            }

            hash = BitOperations.RotateLeft(hash, 5) ^ (argument.IsAbsent ? 1 : KeyHash.Of(argument.AsSpan()));
        }

        ref Entry? place = ref entries[hash % Places];
        if (Volatile.Read(ref place) is { } known && known.IsFor(arguments))
        {
            return Preparation.Ready(known.State);
        }

        Preparation prepared = builtin.Prepare!(services, arguments);
        if (prepared.State is { } state)
        {
            Volatile.Write(ref place, new Entry(Array.ConvertAll(arguments.ToArray(), a => a.Detach()), state));
        }

        return prepared;
    }

    private sealed record Entry(Value[] Arguments, object State)
    {
        public bool IsFor(ReadOnlySpan<Value> arguments)
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                bool isSame = arguments[i].IsAbsent
                    ? Arguments[i].IsAbsent
                    : !Arguments[i].IsAbsent && arguments[i].AsSpan().SequenceEqual(Arguments[i].AsSpan());
                if (!isSame)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
