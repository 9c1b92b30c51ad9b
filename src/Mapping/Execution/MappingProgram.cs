using System.Diagnostics;
using System.Runtime.CompilerServices;
using Mapping.Execution.Emission;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>A mapping ready to run, shared by all workers. Which tier runs it may change between two runs, what it does never.</summary>
internal sealed class MappingProgram
{
    private readonly (int Slot, Value Value)[] presets;
    private ProgramCode code;

    /// <summary>Null once nothing is left to decide.</summary>
    private Heat? heat;

    private MappingProgram(ProgramCode code, IReadOnlyList<(int Slot, Value Value)> presets)
    {
        this.code = code;
        this.presets = [.. presets];
    }

    public bool IsCompiled { get; private set; }

    public static MappingProgram Compile(BoundMapping mapping, Tier tier)
    {
        if (RuntimeFeature.IsDynamicCodeSupported && tier == Tier.Compiled && Emitter.TryCompile(mapping) is { } compiled)
        {
            return new MappingProgram(compiled, mapping.Presets) { IsCompiled = true };
        }

        bool mayCompile = tier == Tier.Auto && RuntimeFeature.IsDynamicCodeSupported;
        return new MappingProgram(Interpreter.Compile(mapping), mapping.Presets) { heat = mayCompile ? new Heat(mapping) : null };
    }

    /// <summary>Runs on the message the context was begun with; what comes out is the context's root and metadata.</summary>
    /// <param name="context">Owns everything the run makes.</param>
    /// <param name="line">The line of the failing statement, 0 if none fails.</param>
    public EvaluationError? Run(EvaluationContext context, out int line)
    {
        ProgramCode current = Volatile.Read(ref code);
        context.Begin(current.Maps);
        context.PrepareSlots(current.SlotCount);
        foreach ((int slot, Value value) in presets)
        {
            context.Slots[slot] = value;
        }

        line = 0;
        return heat is { } measure && measure.IsSampled() ? RunMeasured(measure, current, context, ref line) : current.Body(context, ref line);
    }

    private EvaluationError? RunMeasured(Heat measure, ProgramCode current, EvaluationContext context, ref int line)
    {
        long start = Stopwatch.GetTimestamp();
        EvaluationError? error = current.Body(context, ref line);
        if (measure.IsHotAfter(start))
        {
            BackgroundCompiler.Enqueue(this);
        }

        return error;
    }

    /// <summary>Changes to the compiled tier; runs that are under way end as they began.</summary>
    public void Promote()
    {
        if (heat is not { } measured)
        {
            return;
        }

        if (RuntimeFeature.IsDynamicCodeSupported && Emitter.TryCompile(measured.Mapping) is { } compiled)
        {
            Volatile.Write(ref code, compiled);
            IsCompiled = true;
        }

        heat = null;
    }
}
