using System.Text;
using System.Text.RegularExpressions;
using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>
/// Environment variables in a configuration: <c>${NAME}</c>, <c>${NAME:default}</c>, <c>${NAME|base64decode}</c>; <c>${{NAME}}</c> is the
/// escape, and <c>${!...}</c> belongs to messages. They are substituted in scalars and keys, after the YAML is read, so that a value can
/// never change the structure. A scalar that is only a variable gets the type its value looks like.
/// </summary>
/// <param name="read">The value of a variable; null when it is not set.</param>
/// <param name="problems">Gets what is missing.</param>
internal sealed partial class Variables(Func<string, string?> read, Problems problems)
{
    /// <summary>What an alias stands for is one node in several places, and a value must not be substituted again.</summary>
    private readonly HashSet<ConfigNode> done = [];

    /// <summary>Unset variables are empty and no problem.</summary>
    public bool MayBeMissing { get; init; }

    public ConfigNode Substitute(ConfigNode node)
    {
        switch (node)
        {
            case ScalarNode scalar:
                return Substitute(scalar);
            case var _ when !done.Add(node):
                return node;
            case ListNode list:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    list.Items[i] = Substitute(list.Items[i]);
                }

                return list;
            default:
                List<MapEntry> entries = ((MapNode)node).Entries;
                for (int i = 0; i < entries.Count; i++)
                {
                    entries[i] = new MapEntry(Substitute(entries[i].Key), Substitute(entries[i].Value));
                }

                return node;
        }
    }

    /// <summary>Substitutes in the raw text, before the YAML is read, as the reference does.</summary>
    public SourceText SubstituteRaw(SourceText source)
    {
        var whole = new ScalarNode(source, new TextSpan(0, source.Content.Length), source.Content, isPlain: false, static offset => offset);
        string text = Replace(whole, value => value.ReplaceLineEndings("\\n"), out _);
        return new SourceText(text, source.Name);
    }

    private ScalarNode Substitute(ScalarNode scalar)
    {
        if (!scalar.Text.Contains("${", StringComparison.Ordinal))
        {
            return scalar;
        }

        string text = Replace(scalar, static value => value, out List<(int Start, int End, int Old)> pieces);
        return text == scalar.Text ? scalar : new ScalarNode(scalar.Source, scalar.Span, text, scalar.IsPlain && IsAlone(scalar.Text), offset =>
        {
            (int start, int end, int old) = pieces.FindLast(p => p.Start <= offset);
            return scalar.OriginOf(end < 0 ? old + offset - start : old);
        })
        {
            Written = scalar.Text,
        };
    }

    /// <summary>Whether the text is one reference and nothing else.</summary>
    private static bool IsAlone(string text) => text.StartsWith("${", StringComparison.Ordinal) && text[2] is not ('!' or '{') && EndOf(text, 2) == text.Length - 1;

    /// <param name="scalar">The text.</param>
    /// <param name="shape">Applied to every value.</param>
    /// <param name="pieces">Where pieces of the result come from; those with an end are values, the others are copied.</param>
    private string Replace(ScalarNode scalar, Func<string, string> shape, out List<(int Start, int End, int Old)> pieces)
    {
        string text = scalar.Text;
        var result = new StringBuilder();
        pieces = [(0, -1, 0)];
        int done = 0;
        for (int at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", Math.Max(at + 2, done), StringComparison.Ordinal))
        {
            int end = EndOf(text, at + 2);
            if (end < 0 || at + 2 >= text.Length || text[at + 2] == '!')
            {
                continue;
            }

            string inner = text[(at + 2)..end];
            string? value = text[at + 2] == '{' ? Unescaped(inner) : Reference().Match(inner) is { Success: true } match ? Value(match, scalar, at, end + 1) : null;
            if (value is null)
            {
                continue;
            }

            result.Append(text, done, at - done);
            pieces.Add((result.Length, result.Length + value.Length, at));
            result.Append(text[at + 2] == '{' ? value : shape(value));
            done = end + 1;
            pieces.Add((result.Length, -1, done));
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    /// <summary><c>{NAME}</c> of <c>${{NAME}}</c>; escapes of message interpolations are left to them.</summary>
    private static string? Unescaped(string inner) => inner is ['{', not '!', .., '}'] && Reference().IsMatch(inner[1..^1]) ? "$" + inner : null;

    private string Value(Match reference, ScalarNode scalar, int start, int end)
    {
        string name = reference.Groups["name"].Value;
        string? value = read(name);
        if (string.IsNullOrEmpty(value) && reference.Groups["default"].Success)
        {
            value = reference.Groups["default"].Value;
        }

        if (value is null)
        {
            if (!MayBeMissing)
            {
                problems.Lack(DiagnosticCodes.UnsetVariable, scalar.Source, scalar.SpanOf(TextSpan.FromBounds(start, end)), $"the environment variable {name} is not set", $"a default would be ${{{name}:value}}");
            }

            return string.Empty;
        }

        return reference.Groups["transform"].Success ? Transformed(value, reference.Groups["transform"].Value, scalar, start, end) : value;
    }

    private string Transformed(string value, string transform, ScalarNode scalar, int start, int end)
    {
        var buffer = new byte[value.Length];
        bool isKnown = transform == "base64decode";
        if (isKnown && Convert.TryFromBase64String(value, buffer, out int length))
        {
            return Encoding.UTF8.GetString(buffer, 0, length);
        }

        string message = isKnown ? "the value is not base64" : $"unknown transformation \"{transform}\"";
        problems.Error(DiagnosticCodes.InvalidValue, scalar.Source, scalar.SpanOf(TextSpan.FromBounds(start, end)), message, isKnown ? null : "only base64decode exists");
        return string.Empty;
    }

    /// <summary>The brace that closes the one before <paramref name="start"/>; -1 when there is none.</summary>
    private static int EndOf(string text, int start)
    {
        int open = 1;
        for (int i = start; i < text.Length; i++)
        {
            open += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (open == 0)
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex(@"\A(?<name>[0-9A-Za-z_.]+)(:(?<default>(?s:.*?)))?(\|(?<transform>[A-Za-z0-9_]+))?\z")]
    private static partial Regex Reference();
}
