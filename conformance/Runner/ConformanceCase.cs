using System.Text.Json;

namespace Mapping.Conformance.Runner;

public enum CaseMode
{
    Mapping,
    Mutation,

    /// <summary>The mapping is a field with <c>${! }</c> parts, the output its text.</summary>
    Interpolation,
}

/// <summary>One question to the engine and the answer it should give.</summary>
public sealed record ConformanceCase
{
    /// <summary>For instance <c>language/arith/0012</c>.</summary>
    public required string Id { get; init; }

    public string Topic { get; init; } = "";

    public CaseMode Mode { get; init; }

    public required string Mapping { get; init; }

    /// <summary>The bodies of all messages; one unless the case is about batches.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Batch { get; init; } = [ReadOnlyMemory<byte>.Empty];

    /// <summary>Which message of the batch is mapped.</summary>
    public int Index { get; init; }

    /// <summary>Metadata of the mapped message, an object; undefined when it has none.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>The error that the message carries before the mapping.</summary>
    public string? CarriedError { get; init; }

    /// <summary>The environment variables there are.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public required Expectation Expected { get; init; }

    /// <summary>The class of an evident defect of the reference that the answer shows; such a case is optional.</summary>
    public string? Quirk { get; init; }

    /// <summary>Whether accepting a mapping that the reference rejects is fine too.</summary>
    public bool MayBeAccepted { get; init; }

    public bool IsOptional => Quirk is not null || MayBeAccepted;

    public override string ToString() => Id;
}

/// <summary>What should come out; exactly one of the first four is given.</summary>
public sealed record Expectation
{
    public ReadOnlyMemory<byte>? Output { get; init; }

    public bool IsDeleted { get; init; }

    /// <summary>The failure at run time, in the words of the reference.</summary>
    public string? Error { get; init; }

    public ExpectedParseError? ParseError { get; init; }

    /// <summary>All metadata afterwards; undefined for none.</summary>
    public JsonElement Metadata { get; init; }
}

/// <param name="Line">The 1-based line of the fault, or null where any will do.</param>
/// <param name="Text">The words of the reference, for the report only.</param>
public sealed record ExpectedParseError(int? Line, string Text);
