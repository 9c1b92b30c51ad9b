using System.Text;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>Writes a parsed pattern in the syntax of the host's engine, in the spelling of an <see cref="Alphabet"/>.</summary>
internal sealed class PatternEmitter(Alphabet alphabet)
{
    private readonly StringBuilder text = new();

    public static string Emit(PatternNode root, Alphabet alphabet)
    {
        var emitter = new PatternEmitter(alphabet);
        emitter.Write(root);
        return emitter.text.ToString();
    }

    /// <summary>Every set that a pattern mentions.</summary>
    public static IReadOnlyCollection<CodeSet> SetsOf(PatternNode root)
    {
        var sets = new HashSet<CodeSet>();
        Collect(root, sets);
        return sets;
    }

    private static void Collect(PatternNode node, HashSet<CodeSet> sets)
    {
        switch (node)
        {
            case PatternNode.OneOf one:
                sets.Add(one.Set);
                break;
            case PatternNode.Sequence sequence:
                CollectAll(sequence.Items, sets);
                break;
            case PatternNode.Choice choice:
                CollectAll(choice.Items, sets);
                break;
            case PatternNode.Repeat repeat:
                Collect(repeat.Item, sets);
                break;
            case PatternNode.Capture capture:
                Collect(capture.Item, sets);
                break;
        }
    }

    private static void CollectAll(IReadOnlyList<PatternNode> nodes, HashSet<CodeSet> sets)
    {
        foreach (PatternNode node in nodes)
        {
            Collect(node, sets);
        }
    }

    private void Write(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.OneOf one:
                WriteSet(one.Set);
                break;
            case PatternNode.Anchor anchor:
                text.Append(anchor.Text);
                break;
            case PatternNode.Sequence sequence:
                foreach (PatternNode item in sequence.Items)
                {
                    Write(item);
                }

                break;
            case PatternNode.Choice choice:
                text.Append("(?:");
                for (int i = 0; i < choice.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : "|");
                    Write(choice.Items[i]);
                }

                text.Append(')');
                break;
            case PatternNode.Repeat repeat:
                WriteRepeat(repeat);
                break;
            case PatternNode.Capture capture:
                text.Append('(');
                Write(capture.Item);
                text.Append(')');
                break;
        }
    }

    private void WriteSet(CodeSet set)
    {
        // Plain letters stay plain, so that the engine can look for them as literals.
        if (set.Ranges is [var (first, last)] && first == last && char.IsAsciiLetterOrDigit((char)Math.Min(first, 0xFFFF)) && first < 0x80)
        {
            text.Append((char)first);
        }
        else
        {
            text.Append(alphabet.ClassOf(set));
        }
    }

    private void WriteRepeat(PatternNode.Repeat repeat)
    {
        text.Append("(?:");
        Write(repeat.Item);
        text.Append(')');
        text.Append((repeat.Min, repeat.Max) switch
        {
            (0, -1) => "*",
            (1, -1) => "+",
            (0, 1) => "?",
            (_, -1) => $"{{{repeat.Min},}}",
            _ => $"{{{repeat.Min},{repeat.Max}}}",
        });
        text.Append(repeat.IsLazy ? "?" : "");
    }
}
