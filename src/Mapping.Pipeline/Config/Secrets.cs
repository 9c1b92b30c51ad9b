using System.Text.RegularExpressions;
using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>Which keys stand for secrets.</summary>
internal interface ISecretNames
{
    bool Hold(string key);
}

/// <summary>Keeps secrets out of the lines that are quoted under a finding. The name of a variable alone is none.</summary>
internal static partial class Secrets
{
    /// <summary>Hides a value with all there is in it.</summary>
    public static void Hide(ConfigNode node) => Hide(node, []);

    /// <summary>Hides the values of keys that stand for secrets wherever they are, in parts too that were not understood.</summary>
    public static void HideUnder(ConfigNode node, ISecretNames names) => HideUnder(node, names, []);

    /// <summary>As <see cref="HideUnder(ConfigNode, ISecretNames)"/>, in a text that is no YAML.</summary>
    public static void HideUnder(SourceText source, ISecretNames names)
    {
        foreach (Match pair in Pair().Matches(source.Content))
        {
            Group value = pair.Groups["value"];
            if (names.Hold(pair.Groups["key"].Value) && !VariableAlone().IsMatch(value.Value.Trim('"', '\'')))
            {
                source.Hide(new TextSpan(value.Index, value.Length));
            }
        }
    }

    private static void Hide(ConfigNode node, HashSet<ConfigNode> done)
    {
        switch (node)
        {
            case ScalarNode scalar when scalar.Written is not { } written || !VariableAlone().IsMatch(written):
                scalar.Source.Hide(scalar.Span);
                break;
            case ListNode list when done.Add(list):
                list.Items.ForEach(item => Hide(item, done));
                break;
            case MapNode map when done.Add(map):
                map.Entries.ForEach(entry => Hide(entry.Value, done));
                break;
        }
    }

    private static void HideUnder(ConfigNode node, ISecretNames names, HashSet<ConfigNode> done)
    {
        switch (node)
        {
            case ListNode list when done.Add(list):
                list.Items.ForEach(item => HideUnder(item, names, done));
                break;
            case MapNode map when done.Add(map):
                foreach (MapEntry entry in map.Entries)
                {
                    if (names.Hold(entry.Key.Text))
                    {
                        Hide(entry.Value);
                    }
                    else
                    {
                        HideUnder(entry.Value, names, done);
                    }
                }

                break;
        }
    }

    /// <summary>A default in it may be a secret.</summary>
    [GeneratedRegex(@"\A\$\{[0-9A-Za-z_.]+(\|[A-Za-z0-9_]+)?\}\z")]
    private static partial Regex VariableAlone();

    /// <summary>Without quotes a value reaches to the end of the line, or in braces to a comma or the closing one.</summary>
    [GeneratedRegex("""
        (?x)
        (?<key> \w+ ) ["']? [ \t]* : [ \t]*
        (?= (?<value>
            " (?: [^"\\\n] | \\. )* "?
          | ' (?: [^'\n] | '' )* '?
          | \$ \{ [^}\n]* \}
          | (?<= \{ [^\n]* ) [^\s"'] [^\n,}]*
          | [^\s"'] [^\n]*
        ) )
        """)]
    private static partial Regex Pair();
}
