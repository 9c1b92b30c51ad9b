using System.Text.RegularExpressions;
using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>Keeps secrets out of the lines that are quoted under a finding. The name of a variable alone is none.</summary>
internal static partial class Secrets
{
    /// <summary>Whether a text as it was written is a variable and nothing else.</summary>
    public static bool IsVariable(string written) => VariableAlone().IsMatch(written);

    /// <summary>Hides a value with all there is in it.</summary>
    public static void Hide(ConfigNode node) => Hide(node, []);

    /// <summary>Hides the values of keys that stand for secrets wherever they are, in parts too that were not understood.</summary>
    public static void HideUnder(ConfigNode node, ISecretNames names) => HideUnder(node, names, []);

    /// <summary>The user and password of addresses, as in <c>http://user:password@host</c>.</summary>
    public static void HideLogins(SourceText source)
    {
        foreach (Match login in Login().Matches(source.Content))
        {
            Group user = login.Groups["user"];
            source.Hide(new TextSpan(user.Index, user.Length));
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
            case ScalarNode scalar when IsPem(scalar.Text):
                Hide(scalar);
                break;
            case ListNode list when done.Add(list):
                list.Items.ForEach(item => HideUnder(item, names, done));
                break;
            case MapNode map when done.Add(map):
                foreach (MapEntry entry in map.Entries)
                {
                    if (names.Hold(entry.Key.Text) || IsKeyOfCertificate(entry, map))
                    {
                        Hide(entry.Value);
                    }
                    else if (entry is { Key.Text: "headers", Value: MapNode headers })
                    {
                        headers.Entries.FindAll(static header => !IsOpenHeader(header.Key.Text)).ForEach(static header => Hide(header.Value));
                    }
                    else
                    {
                        HideUnder(entry.Value, names, done);
                    }
                }

                break;
        }
    }

    private static bool IsPem(string text) => text.Contains("-----BEGIN", StringComparison.Ordinal);

    /// <summary>Elsewhere a key is that of a cache or a message.</summary>
    private static bool IsKeyOfCertificate(MapEntry entry, MapNode map) => entry.Key.Text == "key" && map.Entries.Exists(static e => e.Key.Text is "cert" or "cert_file");

    /// <summary>Of others nobody knows whether they hold a token.</summary>
    private static bool IsOpenHeader(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Accept", StringComparison.OrdinalIgnoreCase) || name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase);

    /// <summary>A default in it may be a secret.</summary>
    [GeneratedRegex(@"\A\$\{[0-9A-Za-z_.]+(\|[A-Za-z0-9_]+)?\}\z")]
    private static partial Regex VariableAlone();

    /// <summary>Variables alone are no secret.</summary>
    [GeneratedRegex("""[A-Za-z][A-Za-z0-9+.-]*://(?!(?:\$\{[0-9A-Za-z_.]+\}:?)+@)(?<user>[^\s'"]+)@""")]
    private static partial Regex Login();
}
