using System.Linq.Expressions;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>Makes the code of a frame: of the statements of a mapping, or of a map.</summary>
internal sealed class FrameEmitter
{
    /// <summary>Statements become one method up to this size, and several above.</summary>
    private const int NodesPerMethod = 400;

    /// <summary>
    /// What is beyond is interpreted. Generated code of so many statements leaves the caches of the processor, and fetching it takes
    /// longer than closures do, which all run the same code.
    /// </summary>
    private const int MostNodes = 6_000;

    private readonly SourceText source;
    private readonly Func<BoundStatement, int> lineOf;
    private readonly SlotHomes homes = new();
    private readonly List<(List<BoundStatement> Statements, bool IsGenerated)> parts = [];

    /// <param name="source">The text of the statements.</param>
    /// <param name="statements">In order.</param>
    /// <param name="given">Slots that are set before the first statement.</param>
    /// <param name="lineOf">The line to tell when a statement fails.</param>
    public FrameEmitter(SourceText source, IReadOnlyList<BoundStatement> statements, IEnumerable<int> given, Func<BoundStatement, int> lineOf)
    {
        this.source = source;
        this.lineOf = lineOf;
        Divide(statements);
        homes.Share(given);
        foreach ((List<BoundStatement> part, bool isGenerated) in parts)
        {
            homes.Survey(part, isGenerated ? part : null);
        }
    }

    /// <summary>Whether any of it is worth the name.</summary>
    public bool IsGenerated => parts.Any(p => p.IsGenerated);

    public int SlotCount => homes.SharedCount;

    public ProgramBody Compile()
    {
        ProgramBody[] bodies = [.. parts.Select(p => p.IsGenerated ? Generate(p.Statements) : Interpret(p.Statements))];
        return bodies switch
        {
            [] => static (EvaluationContext _, ref int _) => null,
            [var only] => only,
            _ => InTurn(bodies),
        };
    }

    private static ProgramBody InTurn(ProgramBody[] bodies) => (EvaluationContext context, ref int line) =>
    {
        foreach (ProgramBody body in bodies)
        {
            if (body(context, ref line) is { } error)
            {
                return error;
            }
        }

        return null;
    };

    private void Divide(IReadOnlyList<BoundStatement> statements)
    {
        int room = 0;
        int left = MostNodes;
        foreach (BoundStatement statement in statements)
        {
            int? size = StatementSize.Measure(statement);
            left -= size ?? 0;
            bool isGenerated = size is not null && left >= 0;
            bool goesOn = parts.Count > 0 && parts[^1].IsGenerated == isGenerated && (!isGenerated || size <= room);
            if (!goesOn)
            {
                parts.Add(([], isGenerated));
                room = NodesPerMethod;
            }

            parts[^1].Statements.Add(statement);
            room -= size ?? 0;
        }
    }

    private ProgramBody Interpret(List<BoundStatement> statements)
    {
        var compiler = new StatementCompiler(source);
        (StatementRunner Run, int Line)[] runners = [.. statements.Select(s => (compiler.Compile(s), lineOf(s)))];
        return (EvaluationContext context, ref int line) =>
        {
            foreach ((StatementRunner run, int at) in runners)
            {
                if (run(context) is { } error)
                {
                    line = at;
                    return error;
                }
            }

            return null;
        };
    }

    private ProgramBody Generate(List<BoundStatement> statements)
    {
        var unit = new Unit(statements, homes, depth: 0, level: 0);
        ParameterExpression line = Expression.Parameter(typeof(int).MakeByRefType(), "line");
        LabelTarget end = Expression.Label(typeof(EvaluationError), "end");
        var emitter = new StatementEmitter(new ExpressionEmitter(unit, source), line, end);
        Expression[] code = [.. statements.Select(s => emitter.Emit(s, lineOf(s)))];
        Expression body = Expression.Block([.. code, Expression.Label(end, Expression.Constant(null, typeof(EvaluationError)))]);
        return GeneratedCode.Compile(Expression.Lambda<ProgramBody>(unit.Enclose(body), "mapping", [unit.Context, line]));
    }
}
