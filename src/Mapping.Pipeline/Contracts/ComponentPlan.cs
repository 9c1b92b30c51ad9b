using Mapping.Text;

namespace Mapping.Pipeline.Contracts;

/// <summary>A component as it is configured, checked and ready to be made: plain data, and the way to make it.</summary>
internal abstract record ComponentPlan
{
    public required ComponentKind Kind { get; init; }

    /// <summary>The name of the type, such as <c>file</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Null when it has none.</summary>
    public string? Label { get; init; }

    /// <summary>Where it stands in the configuration: <c>root.pipeline.processors.2</c>.</summary>
    public required string Path { get; init; }

    public required SourceText Source { get; init; }

    public required TextSpan Span { get; init; }

    /// <summary>Processors beside an input (run after reading) or an output (run before writing).</summary>
    public IReadOnlyList<ComponentPlan<IProcessor>> Processors { get; init; } = [];

    /// <summary>Components within its options, in the order of the text.</summary>
    public IReadOnlyList<ComponentPlan> Children { get; init; } = [];

    /// <summary>The label of a shared component it stands for, when its type is <c>resource</c>.</summary>
    public string? Reference { get; init; }

    /// <summary>As it is named to people: <c>processor mapping (label enrich)</c>, or with its path.</summary>
    public override string ToString() => $"{Kind.Word()} {Type} ({(Label is null ? Path : $"label {Label}")})";
}

/// <typeparam name="TComponent">What is made of it.</typeparam>
internal sealed record ComponentPlan<TComponent> : ComponentPlan
    where TComponent : class
{
    /// <summary>Makes an instance; the context is the component's own.</summary>
    public required Func<IComponentContext, TComponent> Create { get; init; }

    public override string ToString() => base.ToString();
}
