using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Binding;

/// <summary>Collects and resolves the maps of a mapping: its own and those of the files it imports, in one table.</summary>
internal sealed class MapBinder(BindingSession session)
{
    private readonly List<BoundMap> bound = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public IReadOnlyList<BoundMap> Bound => bound;

    public void Collect(StatementsSyntax syntax, SourceText source, ImportChain chain)
    {
        foreach (StatementSyntax statement in syntax.Statements)
        {
            switch (statement)
            {
                case MapSyntax map:
                    BindMap(map, source);
                    break;
                case ImportSyntax import:
                    Import(import, source, chain);
                    break;
            }
        }
    }

    private void BindMap(MapSyntax map, SourceText source)
    {
        string name = map.Name.Text;
        if (!names.Add(name))
        {
            session.Diagnostics.Error(DiagnosticCodes.DuplicateMap, source, new TextSpan(map.Span.Start, "map".Length), $"the map {name} is already defined", "choose another name");
        }

        var frame = new Frame(reserved: 2);
        Scope scope = Scope.Map(MapRoutine.TargetSlot, MapRoutine.CallerSlot);
        var binder = new StatementBinder(new ExpressionBinder(session, source, frame, hasRoot: true), scope, isMap: true);
        BoundStatement[] statements = binder.BindAll(map.Body);
        bound.Add(new BoundMap(name, source, statements, frame.SlotCount, map.Span));
    }

    private void Import(ImportSyntax import, SourceText source, ImportChain chain)
    {
        if (!chain.TryOpen(session, import.Path, source, out SourceText? file, out MappingSyntax? content, out ImportChain? inner))
        {
            return;
        }

        int before = bound.Count;
        string[] known = [.. names];
        if (content is StatementsSyntax statements)
        {
            Collect(statements, file, inner);
        }

        if (bound.Count == before)
        {
            session.Diagnostics.Error(
                DiagnosticCodes.ImportWithoutMaps, source, import.Path.Span, $"the imported file {import.Path.Text} defines no maps", "an import takes only the maps of a file");
        }

        foreach (BoundMap clash in bound.Skip(before).Where(m => known.Contains(m.Name)))
        {
            session.Diagnostics.Error(
                DiagnosticCodes.DuplicateMap, source, import.Path.Span, $"the imported file {import.Path.Text} defines the map {clash.Name}, which exists already");
        }
    }
}
