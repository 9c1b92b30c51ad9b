using Mapping.Diagnostics;
using Mapping.Functions;

namespace Mapping.Binding;

/// <summary>What one compilation has in common: the builtins, their services, imports and the findings.</summary>
internal sealed class BindingSession(Registry registry, BuiltinServices services, IMappingResolver? resolver, DiagnosticBag diagnostics)
{
    private EvaluationContext? folding;

    public Registry Registry { get; } = registry;

    public BuiltinServices Services { get; } = services;

    /// <summary>Null when imports are disabled.</summary>
    public IMappingResolver? Resolver { get; } = resolver;

    /// <summary>Fields that stand in the metadata where the document lacks them; null for none.</summary>
    public IReadOnlySet<string>? MetadataFields { get; init; }

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    /// <summary>Where constants are calculated.</summary>
    public EvaluationContext FoldingContext()
    {
        folding ??= new EvaluationContext();
        folding.Begin(Services, [], 0, isMutation: false);
        return folding;
    }
}
