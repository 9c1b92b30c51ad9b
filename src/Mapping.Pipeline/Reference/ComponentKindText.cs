using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Reference;

/// <summary>Kinds of components as lists are called.</summary>
internal static class ComponentKindText
{
    /// <summary>In the order in which a message meets them.</summary>
    public static IReadOnlyList<ComponentKind> InOrder { get; } =
    [
        ComponentKind.Input, ComponentKind.Scanner, ComponentKind.Buffer, ComponentKind.Processor, ComponentKind.Output,
        ComponentKind.Cache, ComponentKind.RateLimit, ComponentKind.Metrics, ComponentKind.Tracer,
    ];

    /// <summary><c>rate-limits</c>.</summary>
    public static string Plural(this ComponentKind kind) => kind switch
    {
        ComponentKind.RateLimit => "rate-limits",
        ComponentKind.Metrics => "metrics",
        _ => kind.ToString().ToLowerInvariant() + "s",
    };

    /// <summary><c>rate_limit</c>, as in the JSON schema and in names of pages.</summary>
    public static string Key(this ComponentKind kind) => kind == ComponentKind.Metrics ? "metrics" : kind.Word().Replace(' ', '_');
}
