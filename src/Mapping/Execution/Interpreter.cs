using System.Collections.Frozen;
using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>The tier that is ready at once: statements and maps as closures.</summary>
internal static class Interpreter
{
    public static ProgramCode Compile(BoundMapping mapping)
    {
        // Maps call each other by name when they run, so their bodies can be compiled in any order.
        var maps = mapping.Maps.ToFrozenDictionary(m => m.Name, CompileMap);
        var compiler = new StatementCompiler(mapping.Source);
        var statements = new (StatementRunner Run, int Line)[mapping.Statements.Count];
        for (int i = 0; i < statements.Length; i++)
        {
            statements[i] = (compiler.Compile(mapping.Statements[i]), mapping.Source.PositionOf(mapping.Statements[i].Span.Start).Line);
        }

        return new ProgramCode(Run, maps, mapping.SlotCount);

        EvaluationError? Run(EvaluationContext context, ref int line)
        {
            foreach ((StatementRunner run, int at) in statements)
            {
                if (run(context) is { } error)
                {
                    line = at;
                    return error;
                }
            }

            return null;
        }
    }

    private static MapRoutine CompileMap(BoundMap map)
    {
        var compiler = new StatementCompiler(map.Source);
        var site = new MapSite(map);
        (StatementRunner Run, int Line)[] statements = [.. map.Statements.Select(s => (compiler.Compile(s), site.LineOf(s)))];
        return new MapRoutine(map.Name, map.SlotCount)
        {
            Run = context =>
            {
                foreach ((StatementRunner run, int line) in statements)
                {
                    if (run(context) is { } error)
                    {
                        return MapSite.Fail(error, line);
                    }
                }

                return context.Root;
            },
        };
    }
}
