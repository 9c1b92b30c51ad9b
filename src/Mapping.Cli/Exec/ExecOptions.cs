using Mapping.Cli.Output;

namespace Mapping.Cli.Exec;

internal enum StreamForm
{
    /// <summary>A document per line.</summary>
    Lines,

    /// <summary>Documents one after the other, however they are spread over lines.</summary>
    Json,

    /// <summary>The elements of one array.</summary>
    Array,
}

internal enum OnError
{
    /// <summary>The first failing document ends the run.</summary>
    Stop,

    /// <summary>A failing document is left out.</summary>
    Skip,

    /// <summary>A failing document is passed on as it came.</summary>
    Keep,
}

/// <summary>What <c>blobl exec</c> was asked to do, apart from the mapping and its environment.</summary>
internal sealed record ExecOptions
{
    public StreamForm Stream { get; init; }

    /// <summary>Documents are plain text.</summary>
    public bool IsRaw { get; init; }

    /// <summary>One document, null, instead of any input.</summary>
    public bool IsNullInput { get; init; }

    /// <summary>All documents as one array.</summary>
    public bool IsSlurp { get; init; }

    public bool IsMutation { get; init; }

    public bool IsStrictUtf8 { get; init; }

    public OnError OnError { get; init; }

    public int BatchSize { get; init; } = 1;

    public int Threads { get; init; } = 1;

    /// <summary>Metadata that every message starts with.</summary>
    public IReadOnlyList<(string Name, string Text)> Metadata { get; init; } = [];

    /// <summary>The exit code tells whether the last result was neither false nor null.</summary>
    public bool JudgesLastOutput { get; init; }

    public required ResultForm Result { get; init; }
}
