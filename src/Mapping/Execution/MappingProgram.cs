using System.Collections.Frozen;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>A mapping ready to run: immutable, shared by all workers.</summary>
internal sealed class MappingProgram
{
    private readonly (StatementRunner Run, int Line)[] statements;
    private readonly FrozenDictionary<string, MapRoutine> maps;
    private readonly int slotCount;

    private MappingProgram((StatementRunner Run, int Line)[] statements, FrozenDictionary<string, MapRoutine> maps, int slotCount)
    {
        this.statements = statements;
        this.maps = maps;
        this.slotCount = slotCount;
    }

    public static MappingProgram Compile(BoundMapping mapping)
    {
        // Maps call each other by name when they run, so their bodies can be compiled in any order.
        var maps = mapping.Maps.ToFrozenDictionary(m => m.Name, CompileMap);
        var compiler = new StatementCompiler(mapping.Source);
        return new MappingProgram([.. mapping.Statements.Select(s => (compiler.Compile(s), Line(mapping.Source, s)))], maps, mapping.SlotCount);
    }

    /// <summary>Runs on the message the context was begun with; what comes out is the context's root and metadata.</summary>
    /// <param name="context">Owns everything the run makes.</param>
    /// <param name="line">The line of the failing statement, 0 if none fails.</param>
    public EvaluationError? Run(EvaluationContext context, out int line)
    {
        context.Maps = maps;
        context.PrepareSlots(slotCount);
        foreach ((StatementRunner run, int at) in statements)
        {
            if (run(context) is { } error)
            {
                line = at;
                return error;
            }
        }

        line = 0;
        return null;
    }

    private static MapRoutine CompileMap(BoundMap map)
    {
        var compiler = new StatementCompiler(map.Source);
        int first = map.Source.PositionOf(map.Span.Start).Line;
        (StatementRunner Run, int Line)[] statements = [.. map.Statements.Select(s => (compiler.Compile(s), Line(map.Source, s) - first + 1))];
        return new MapRoutine(map.Name, map.SlotCount)
        {
            Run = context =>
            {
                foreach ((StatementRunner run, int line) in statements)
                {
                    if (run(context) is { } error)
                    {
                        // Only the innermost map tells its line.
                        return error.MapCalls.Count == 0 ? error.Within($"failed assignment (line {line}): ") : Value.FromError(error);
                    }
                }

                return context.Root;
            },
        };
    }

    private static int Line(SourceText source, BoundStatement statement) => source.PositionOf(statement.Span.Start).Line;
}
