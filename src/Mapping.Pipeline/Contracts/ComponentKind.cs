namespace Mapping.Pipeline.Contracts;

/// <summary>What a component is for.</summary>
internal enum ComponentKind
{
    Input,
    Buffer,
    Processor,
    Output,
    Cache,
    RateLimit,
    Scanner,
    Metrics,
    Tracer,
}

internal static class ComponentKinds
{
    /// <summary>As in messages: <c>rate limit</c>.</summary>
    public static string Word(this ComponentKind kind) => kind switch
    {
        ComponentKind.RateLimit => "rate limit",
        ComponentKind.Metrics => "metrics exporter",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>With its article: <c>an input</c>.</summary>
    public static string WithArticle(this ComponentKind kind) => (kind is ComponentKind.Input or ComponentKind.Output ? "an " : "a ") + kind.Word();

    /// <summary>The top-level list of its shared instances, or null where there is none.</summary>
    public static string? ResourceList(this ComponentKind kind) => kind switch
    {
        ComponentKind.Input => "input_resources",
        ComponentKind.Processor => "processor_resources",
        ComponentKind.Output => "output_resources",
        ComponentKind.Cache => "cache_resources",
        ComponentKind.RateLimit => "rate_limit_resources",
        _ => null,
    };
}
