using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>
/// The compiled tier: IR becomes expression trees, and those methods. It decides nothing: whatever depends on what values
/// mean is a call of the same methods that the interpreter calls.
/// </summary>
internal static class Emitter
{
    /// <summary>Null when nothing of the mapping can be generated.</summary>
    [RequiresDynamicCode("Code is generated.")]
    public static ProgramCode? TryCompile(BoundMapping mapping)
    {
        var frame = new FrameEmitter(mapping.Source, mapping.Statements, mapping.Presets.Select(p => p.Slot), s => mapping.Source.PositionOf(s.Span.Start).Line);
        if (!frame.IsGenerated)
        {
            return null;
        }

        return new ProgramCode(frame.Compile(), mapping.Maps.ToFrozenDictionary(m => m.Name, CompileMap), Math.Max(frame.SlotCount, Highest(mapping.Presets)));
    }

    private static MapRoutine CompileMap(BoundMap map)
    {
        var site = new MapSite(map);
        var frame = new FrameEmitter(map.Source, map.Statements, [MapRoutine.TargetSlot, MapRoutine.CallerSlot], site.LineOf);
        ProgramBody body = frame.Compile();
        return new MapRoutine(map.Name, frame.SlotCount)
        {
            Run = context =>
            {
                int line = 0;
                return body(context, ref line) is { } error ? MapSite.Fail(error, line) : context.Root;
            },
        };
    }

    private static int Highest(IReadOnlyList<(int Slot, Value Value)> presets) => presets.Select(p => p.Slot + 1).DefaultIfEmpty(0).Max();
}
