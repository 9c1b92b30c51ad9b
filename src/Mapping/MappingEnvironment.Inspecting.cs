using Mapping.Binding;
using Mapping.Diagnostics;
using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping;

/// <content>The phases one by one, for tools that show what they make of a text.</content>
public sealed partial class MappingEnvironment
{
    /// <summary>The syntax tree; null when the text is wrong.</summary>
    internal static MappingSyntax? Parse(SourceText source, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var found = new DiagnosticBag();
        MappingSyntax? syntax = MappingParser.ParseMapping(source, found);
        diagnostics = found.ToList();
        return found.HasErrors ? null : syntax;
    }

    /// <summary>The IR; null when the text is wrong.</summary>
    internal BoundMapping? Bind(SourceText source, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var found = new DiagnosticBag();
        MappingSyntax? syntax = MappingParser.ParseMapping(source, found);
        BoundMapping? bound = syntax is null ? null : MappingBinder.Bind(new BindingSession(registry, Services, resolver, found), syntax, source);
        diagnostics = found.ToList();
        return found.HasErrors ? null : bound;
    }
}
