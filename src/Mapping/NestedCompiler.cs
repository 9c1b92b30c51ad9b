using Mapping.Diagnostics;
using Mapping.Execution;
using Mapping.Functions;
using Mapping.Text;
using Mapping.Values;

namespace Mapping;

/// <summary>Compiles the texts that <c>bloblang()</c> gets, in an environment of pure functions that see no message.</summary>
internal sealed class NestedCompiler(MappingEnvironment outer) : INestedCompiler
{
    private const int Deepest = 16;

    private static readonly string[] MessageFunctions =
    [
        "batch_index", "batch_size", "content", "json", "error", "errored", "error_source_name", "error_source_label", "error_source_path",
    ];

    private MappingEnvironment? inner;

    public Func<EvaluationContext, Value, Value>? TryCompile(string text, out string? error)
    {
        inner ??= outer.OnlyPure().WithImports(null).Without(MessageFunctions);
        if (!inner.TryBuild(new SourceText(text), out MappingProgram? program, out IReadOnlyList<Diagnostic> diagnostics))
        {
            error = DiagnosticRenderer.RenderLine(diagnostics[0]);
            return null;
        }

        error = null;
        return (context, value) => Run(program, context, value);
    }

    private static Value Run(MappingProgram program, EvaluationContext outer, Value value)
    {
        if (outer.NestedMappings >= Deepest)
        {
            return EvaluationContext.Exceeded($"mappings are nested more than {Deepest} levels deep");
        }

        EvaluationContext context = ContextPool.Take();
        context.BeginWithin(outer);
        context.SetDocument(value);
        context.Metadata = Value.Null;
        EvaluationError? failure = program.Run(context, out int line);
        Value result = failure is not null ? failure.Within($"failed assignment (line {line}): ") : context.Root.Detach();
        outer.EndWithin(context);
        ContextPool.Return(context);
        return result;
    }
}
