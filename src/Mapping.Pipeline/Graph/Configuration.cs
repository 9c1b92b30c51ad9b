using Mapping.Pipeline.Config;
using Mapping.Text;

namespace Mapping.Pipeline.Graph;

/// <summary>The texts a pipeline is configured by, and how they are to be read.</summary>
internal sealed record Configuration
{
    /// <summary>The main file; null runs the defaults, from standard input to standard output.</summary>
    public SourceText? Main { get; init; }

    /// <summary>Files of shared components.</summary>
    public IReadOnlyList<SourceText> Resources { get; init; } = [];

    /// <summary>As in <c>input.file.paths.0=events.ndjson</c>; the value is YAML.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    public required Func<string, string?> Variables { get; init; }

    /// <summary>Substitute variables in the raw text, before it is read as YAML, as the reference does.</summary>
    public bool SubstitutesRaw { get; init; }

    /// <summary>Unset variables are empty and no problem.</summary>
    public bool MayLackVariables { get; init; }

    /// <summary>What is wrong and does not keep it from running is only warned of.</summary>
    public bool IsChilled { get; init; }

    /// <summary>A main file in which there is nothing is a mistake: somebody is about to write it.</summary>
    public bool MustHaveContent { get; init; }

    /// <summary>Changes what was read, after the overrides: the cut of a unit test.</summary>
    public Action<MapNode>? Edit { get; init; }

    /// <summary>Warn of what is right but unwise.</summary>
    public bool Advises { get; init; }

    public required MappingEnvironment Environment { get; init; }
}
