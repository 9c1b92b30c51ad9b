using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>A piece of a configuration that knows where it was written.</summary>
internal abstract class ConfigNode(SourceText source, TextSpan span)
{
    public SourceText Source { get; } = source;

    public TextSpan Span { get; } = span;

    /// <summary>As in "expected a list, found a string".</summary>
    public abstract string Found { get; }

    /// <summary>Nothing was written: <c>key:</c>, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => this is ScalarNode { Kind: ScalarKind.Null };
}

internal sealed class ListNode(SourceText source, TextSpan span, IReadOnlyList<ConfigNode> items) : ConfigNode(source, span)
{
    public List<ConfigNode> Items { get; } = [.. items];

    public override string Found => "a list";
}

internal sealed record MapEntry(ScalarNode Key, ConfigNode Value);

internal sealed class MapNode(SourceText source, TextSpan span, IReadOnlyList<MapEntry> entries) : ConfigNode(source, span)
{
    public List<MapEntry> Entries { get; } = [.. entries];

    public override string Found => "an object";

    public MapEntry? Find(string key) => Entries.Find(e => e.Key.Text == key);

    public ConfigNode? this[string key] => Find(key)?.Value;

    /// <summary>Replaces the value of a key, or adds it.</summary>
    public void Set(string key, ConfigNode value)
    {
        int index = Entries.FindIndex(e => e.Key.Text == key);
        var entry = new MapEntry(index < 0 ? new ScalarNode(value.Source, value.Span, key, isPlain: false) : Entries[index].Key, value);
        if (index < 0)
        {
            Entries.Add(entry);
        }
        else
        {
            Entries[index] = entry;
        }
    }
}
