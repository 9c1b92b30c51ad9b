using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components;

/// <summary>Declares types of components.</summary>
internal static class Component
{
    public static ComponentType<IInput, TOptions> Input<TOptions>(string name, string summary, FieldType<TOptions> body, Func<TOptions, IComponentContext, IInput> create) =>
        new(ComponentKind.Input, name, summary, body, create);

    public static ComponentType<IProcessor, TOptions> Processor<TOptions>(string name, string summary, FieldType<TOptions> body, Func<TOptions, IComponentContext, IProcessor> create) =>
        new(ComponentKind.Processor, name, summary, body, create);

    public static ComponentType<IOutput, TOptions> Output<TOptions>(string name, string summary, FieldType<TOptions> body, Func<TOptions, IComponentContext, IOutput> create) =>
        new(ComponentKind.Output, name, summary, body, create);

    public static ComponentType<ICache, TOptions> Cache<TOptions>(string name, string summary, FieldType<TOptions> body, Func<TOptions, IComponentContext, ICache> create) =>
        new(ComponentKind.Cache, name, summary, body, create);

    public static ComponentType<IRateLimit, TOptions> RateLimit<TOptions>(string name, string summary, FieldType<TOptions> body, Func<TOptions, IComponentContext, IRateLimit> create) =>
        new(ComponentKind.RateLimit, name, summary, body, create);

    public static ComponentType<IBuffer, TOptions> Buffer<TOptions>(string name, string summary, FieldType<TOptions> body, Func<TOptions, IComponentContext, IBuffer> create) =>
        new(ComponentKind.Buffer, name, summary, body, create);

    public static ComponentType<IScanner, TOptions> Scanner<TOptions>(string name, string summary, FieldType<TOptions> body, Func<TOptions, IComponentContext, IScanner> create) =>
        new(ComponentKind.Scanner, name, summary, body, create);

    /// <summary>A component without fields.</summary>
    public static Shape<bool> NoFields { get; } = new([], static _ => true);
}
