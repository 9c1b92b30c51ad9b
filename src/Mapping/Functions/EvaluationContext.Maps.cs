using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Functions;

/// <summary>A named map ready to run; slot 0 holds its target, slot 1 the caller's context.</summary>
internal sealed class MapRoutine(string name, int slotCount)
{
    public const int TargetSlot = 0;
    public const int CallerSlot = 1;

    public string Name { get; } = name;

    public int SlotCount { get; } = slotCount;

    /// <summary>Runs the statements; gives the map's root, or an error. Set once the body, which may call the map itself, is compiled.</summary>
    public Evaluator Run { get; set; } = static _ => Value.Nothing;
}

/// <summary>Calls of maps.</summary>
internal sealed partial class EvaluationContext
{
    private readonly Stack<Value[]> spareSlots = new();

    /// <summary>The maps of the running mapping, imported ones included.</summary>
    public FrozenDictionary<string, MapRoutine> Maps { get; private set; } = FrozenDictionary<string, MapRoutine>.Empty;

    public int MapCalls { get; private set; }

    /// <summary>True while statements of a map run: metadata cannot be assigned there.</summary>
    public bool IsInMap => MapCalls > 0;

    /// <summary>The mapping that runs from here on has these maps.</summary>
    public void Begin(FrozenDictionary<string, MapRoutine> maps)
    {
        if (!ReferenceEquals(Maps, maps))
        {
            Maps = maps;
        }
    }

    /// <summary><c>target.apply(name)</c>: a fresh root and fresh variables; metadata and the message stay visible.</summary>
    public Value ApplyMap(string name, Value target, Value caller)
    {
        if (!Maps.TryGetValue(name, out MapRoutine? map))
        {
            return Value.Fail(Maps.Count == 0 ? "no maps were found" : $"map {name} was not found");
        }

        if (MapCalls >= Limits.MaxMapCalls)
        {
            return Value.FromError(new EvaluationError(ErrorKind.Recursion, $"map {name} exceeded the limit of {Limits.MaxMapCalls} nested map calls"));
        }

        if (!TryStep(out Value exceeded))
        {
            return exceeded;
        }

        return RuntimeHelpers.TryEnsureSufficientExecutionStack() ? Enter(map, target, caller) : EnterOnDeepStack(map, target, caller);
    }

    private Value EnterOnDeepStack(MapRoutine map, Value target, Value caller) => DeepStack.Run(() => Enter(map, target, caller));

    private Value Enter(MapRoutine map, Value target, Value caller)
    {
        Value[] callerSlots = Slots;
        Value callerRoot = Root;
        Value[] slots = spareSlots.TryPop(out Value[]? spare) && spare.Length >= map.SlotCount ? spare : new Value[Math.Max(map.SlotCount, 16)];
        slots.AsSpan(0, map.SlotCount).Fill(Value.Nothing);
        slots[MapRoutine.TargetSlot] = target;
        slots[MapRoutine.CallerSlot] = caller;
        Slots = slots;
        Root = Value.Nothing;
        MapCalls++;
        Value result = map.Run(this);
        MapCalls--;
        Slots = callerSlots;
        Root = callerRoot;
        if (slots.Length <= 256)
        {
            spareSlots.Push(slots);
        }

        if (result.IsError)
        {
            result.AsError().PassedMap(map.Name);
        }

        return result;
    }
}
