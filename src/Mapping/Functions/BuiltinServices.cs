using System.Collections.Concurrent;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Functions;

/// <summary>What builtins may reach outside of the message, given by the environment.</summary>
internal sealed record BuiltinServices
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Limits Limits { get; init; } = Limits.Default;

    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;

    public Func<string, byte[]> ReadFile { get; init; } = File.ReadAllBytes;

    /// <summary>The folder that relative paths of the mapping start from; null for the working directory.</summary>
    public string? BaseDirectory { get; init; }

    /// <summary>For a mapping that stands in a file: its relative paths start from the folder of the file.</summary>
    public BuiltinServices For(SourceText source) => Path.GetDirectoryName(source.Name) is { } folder ? this with { BaseDirectory = folder } : this;

    /// <summary>The process-wide counters of <c>count</c>.</summary>
    public ConcurrentDictionary<string, long> Counters { get; init; } = SharedCounters;

    /// <summary>Variables that a mapping finds set; maps have variables of their own and do not see them.</summary>
    public IReadOnlyDictionary<string, Value> Variables { get; init; } = new Dictionary<string, Value>();

    /// <summary>Compiles the texts given to <c>bloblang()</c>; null while there is no compiler above.</summary>
    public INestedCompiler? NestedCompiler { get; init; }

    private static ConcurrentDictionary<string, long> SharedCounters { get; } = new();
}

/// <summary>The way from a builtin up to the compiler.</summary>
internal interface INestedCompiler
{
    /// <summary>Compiles a mapping in a restricted environment; the result maps a value to the mapping's root, or says what is wrong.</summary>
    Func<EvaluationContext, Value, Value>? TryCompile(string text, out string? error);
}
