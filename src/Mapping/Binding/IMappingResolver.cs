using System.Diagnostics.CodeAnalysis;
using Mapping.Text;

namespace Mapping.Binding;

/// <summary>Finds the texts that <c>import</c> and <c>from</c> name.</summary>
public interface IMappingResolver
{
    /// <summary>Reads an imported text.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="importer">The name of the importing text if that was imported itself; null for the main mapping.</param>
    /// <param name="source">The text; its name identifies the file, so that cycles are found.</param>
    /// <param name="problem">Why it cannot be read: one sentence without a final stop.</param>
    bool TryResolve(string path, string? importer, [NotNullWhen(true)] out SourceText? source, [NotNullWhen(false)] out string? problem);
}
