using System.Globalization;
using Mapping.Connectors;
using Mapping.Diagnostics;
using Mapping.Pipeline.Graph;

namespace Mapping.Cli.Pipelines;

/// <summary>Reads a configuration and tells what is wrong with it.</summary>
internal static class Graphs
{
    /// <summary>For a command that runs it: what does not keep it from running is a failure of its own, which <c>--chilled</c> lets pass.</summary>
    /// <exception cref="Problem">There are errors, which were written.</exception>
    public static PipelineGraph ReadToRun(Configuration configuration, TextWriter error)
    {
        try
        {
            return Read(configuration, error);
        }
        catch (Problem problem) when (!configuration.IsChilled && GraphReader.Read(AllConnectors.Catalogue, configuration with { IsChilled = true }, out _) is not null)
        {
            throw new Problem(ExitCodes.Failed, problem.Message, "--chilled logs what is wrong and runs it all the same");
        }
    }

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
