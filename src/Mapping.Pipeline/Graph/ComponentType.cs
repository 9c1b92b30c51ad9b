using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>A type of component: the one declaration its configuration, reference and schema come from.</summary>
internal abstract class ComponentType(ComponentKind kind, string name, string summary)
{
    public ComponentKind Kind { get; } = kind;

    public string Name { get; } = name;

    /// <summary>One line.</summary>
    public string Summary { get; } = summary;

    /// <summary>Markdown below the summary: metadata it sets, what it guarantees, what can be lost.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>A whole configuration that runs, shown in the reference and run as a test; null while there is none.</summary>
    public string? Example { get; init; }

    /// <summary>Why not to use it any more.</summary>
    public string? Deprecation { get; init; }

    /// <summary>What stands under its name: fields, or a bare value.</summary>
    public abstract FieldType Body { get; }

    /// <summary>It stands for a shared component, named by its body.</summary>
    public bool IsReference => Body is ResourceNameType;
}

internal abstract class ComponentType<TComponent>(ComponentKind kind, string name, string summary) : ComponentType(kind, name, summary)
    where TComponent : class
{
    /// <summary>The way to make it with the options that are written; null when they are wrong.</summary>
    public abstract Func<IComponentContext, TComponent>? Read(ConfigNode body, ReadScope scope, string path);
}

/// <typeparam name="TComponent">The contract it fulfils.</typeparam>
/// <typeparam name="TOptions">The record its fields are read into.</typeparam>
internal sealed class ComponentType<TComponent, TOptions>(
    ComponentKind kind,
    string name,
    string summary,
    FieldType<TOptions> body,
    Func<TOptions, IComponentContext, TComponent> create)
    : ComponentType<TComponent>(kind, name, summary)
    where TComponent : class
{
    public override FieldType Body => body;

    public override Func<IComponentContext, TComponent>? Read(ConfigNode written, ReadScope scope, string path) =>
        body.TryRead(written, scope, path, out TOptions? options) ? context => create(options, context) : null;
}
