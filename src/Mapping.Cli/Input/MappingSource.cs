using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Cli.Input;

/// <summary>The mapping of a command: given as an argument or in a file.</summary>
internal sealed class MappingSource(SourceText text)
{
    public static MappingSource Inline(string mapping) => new(new SourceText(mapping));

    public static MappingSource OfFile(string path)
    {
        try
        {
            return new(SourceText.FromUtf8(File.ReadAllBytes(path), path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Problem.UnreadableFile("mapping file", path, error, "check the path given to -f, or give the mapping itself as the first argument");
        }
    }

    /// <summary>The compiled mapping; when it is invalid, everything wrong with it is shown at once.</summary>
    public CompiledMapping Compile(MappingEnvironment environment, TextWriter error)
    {
        if (environment.TryCompile(text, out CompiledMapping? mapping, out IReadOnlyList<Diagnostic> diagnostics))
        {
            return mapping;
        }

        foreach (Diagnostic diagnostic in diagnostics)
        {
            error.WriteLine(diagnostic.ToString());
        }

        int count = diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
        throw new Problem(ExitCodes.InvalidMapping, count == 1 ? "the mapping has an error" : $"the mapping has {count} errors");
    }
}
