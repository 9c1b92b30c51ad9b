using System.Globalization;
using Mapping.Connectors;
using Mapping.Diagnostics;
using Mapping.Pipeline.Graph;

namespace Mapping.Cli.Pipelines;

/// <summary>Reads a configuration and tells what is wrong with it.</summary>
internal static class Graphs
{
    /// <exception cref="Problem">There are errors, which were written.</exception>
    public static PipelineGraph Read(Configuration configuration, TextWriter error)
    {
        PipelineGraph? graph = GraphReader.Read(AllConnectors.Catalogue, configuration, out IReadOnlyList<Diagnostic> diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            error.WriteLine(diagnostic.ToString());
        }

        int errors = diagnostics.Count(d => d.Severity == Severity.Error);
        string count = errors == 1 ? "an error" : string.Create(CultureInfo.InvariantCulture, $"{errors} errors");
        return graph ?? throw new Problem(ExitCodes.InvalidMapping, $"the configuration has {count}");
    }
}
