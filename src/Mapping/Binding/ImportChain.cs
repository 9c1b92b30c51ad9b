using System.Diagnostics.CodeAnalysis;
using Mapping.Diagnostics;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Binding;

/// <summary>The texts that led to the one being bound, so that cycles are found and errors tell the way.</summary>
internal sealed class ImportChain
{
    private const int Deepest = 16;

    private readonly SourceText text;
    private readonly ImportChain? importer;
    private readonly int depth;

    public ImportChain(SourceText main)
        : this(main, null)
    {
    }

    private ImportChain(SourceText text, ImportChain? importer)
    {
        this.text = text;
        this.importer = importer;
        depth = importer is null ? 0 : importer.depth + 1;
    }

    /// <summary>Reads and parses an imported text; false when that is reported as an error already.</summary>
    public bool TryOpen(
        BindingSession session,
        NameSyntax path,
        SourceText source,
        [NotNullWhen(true)] out SourceText? file,
        [NotNullWhen(true)] out MappingSyntax? content,
        [NotNullWhen(true)] out ImportChain? inner)
    {
        content = null;
        inner = null;
        if (!TryRead(session, path, source, out file))
        {
            return false;
        }

        inner = new ImportChain(file, this);
        var found = new DiagnosticBag();
        content = MappingParser.ParseMapping(file, found);
        if (!found.HasErrors && content is not null)
        {
            return true;
        }

        session.Diagnostics.Error(DiagnosticCodes.ImportUnreadable, source, path.Span, $"failed to parse import {path.Text}", "its errors follow");
        string[] way = [.. inner.Way()];
        foreach (Diagnostic diagnostic in found.ToList())
        {
            session.Diagnostics.Add(diagnostic with { Notes = way });
        }

        return false;
    }

    private bool TryRead(BindingSession session, NameSyntax path, SourceText source, [NotNullWhen(true)] out SourceText? file)
    {
        file = null;
        if (session.Resolver is not { } resolver)
        {
            session.Diagnostics.Error(DiagnosticCodes.ImportsDisabled, source, path.Span, "imports are disabled in this environment");
            return false;
        }

        if (!resolver.TryResolve(path.Text, importer is null ? null : text.Name, out file, out string? problem))
        {
            session.Diagnostics.Error(DiagnosticCodes.ImportUnreadable, source, path.Span, $"failed to read import {path.Text}: {problem}");
            return false;
        }

        string? name = file.Name;
        bool cycle = false;
        for (ImportChain? link = this; link is not null; link = link.importer)
        {
            cycle |= link.text.Name is { } known && known == name;
        }

        if (cycle)
        {
            session.Diagnostics.Error(
                DiagnosticCodes.ImportCycle, source, path.Span, $"the import of {path.Text} is a cycle", "move the shared maps into a file of their own", [.. Way()]);
            return false;
        }

        if (depth >= Deepest)
        {
            session.Diagnostics.Error(DiagnosticCodes.ImportTooLarge, source, path.Span, $"imports are nested more than {Deepest} levels deep");
            return false;
        }

        return true;
    }

    private IEnumerable<string> Way()
    {
        for (ImportChain? link = this; link?.importer is { } from; link = from)
        {
            yield return $"{link.text.Name} is imported by {from.text.Name ?? "the mapping"}";
        }
    }
}
