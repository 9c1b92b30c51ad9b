using System.Text;
using Mapping.Builtins.Strings.Patterns;
using Mapping.Functions;
using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Components;

/// <summary>Names that pass: those that begin with a prefix or in which a pattern is found. Without either, none does.</summary>
internal sealed record MetadataFilter(IReadOnlyList<string> Prefixes, IReadOnlyList<Pattern> Patterns)
{
    private static readonly Field<IReadOnlyList<string>> IncludePrefixes =
        Fields.Texts("include_prefixes", "Names that begin with one of these; case matters.").Default("[]").Example("[\"foo_\"]");

    private static readonly Field<IReadOnlyList<Pattern>> IncludePatterns =
        Fields.List("include_patterns", new PatternType(), "Names in which one of these regular expressions is found.").Default("[]").Example("[\"^trace_id$\"]");

    private static readonly Shape<MetadataFilter> Shape =
        new([IncludePrefixes, IncludePatterns], static read => new MetadataFilter(read.Get(IncludePrefixes), read.Get(IncludePatterns)));

    public bool IsEmpty => Prefixes.Count == 0 && Patterns.Count == 0;

    public static Field<MetadataFilter> Field(string name, string description) => Fields.Group(name, Shape, description).Default("{}").Advanced();

    public bool Passes(string name) =>
        Prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal)) || (Patterns.Count > 0 && Patterns.Any(p => p.IsMatch(Encoding.UTF8.GetBytes(name))));

    /// <summary>Metadata whose names pass, as text.</summary>
    public IEnumerable<(string Name, string Text)> Of(Message message)
    {
        if (!IsEmpty)
        {
            foreach (string name in message.MetadataNames.Where(Passes))
            {
                yield return (name, message.GetMetadata(name)!);
            }
        }
    }
}
