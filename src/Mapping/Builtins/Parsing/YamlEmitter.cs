using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary>Writes block style YAML: four blanks a level, two after a dash.</summary>
internal sealed class YamlEmitter(EvaluationContext context)
{
    private const int Step = 4;
    private const int MaxDepth = 500;

    private readonly StringBuilder text = new();
    private Value failure;

    public string Text => text.ToString();

    public bool TryWrite(Value value, out Value problem)
    {
        WriteNode(value, indent: 0, depth: 0, isInSequence: false, isRoot: true);
        problem = failure;
        return !failure.IsError;
    }

    /// <summary>Writes a node after a key or a dash; the position is behind the colon or the dash.</summary>
    private void WriteNode(Value value, int indent, int depth, bool isInSequence, bool isRoot)
    {
        if (failure.IsError)
        {
            return;
        }

        if (depth > MaxDepth)
        {
            failure = Value.Fail("the value nests too deeply to be written as yaml");
        }
        else if (!context.TryGrow(text.Length, out Value exceeded))
        {
            failure = exceeded;
        }
        else if (!value.IsContainer)
        {
            text.Append(isRoot ? "" : " ");
            WriteScalar(value, indent);
        }
        else if (value.Count == 0)
        {
            text.Append(isRoot ? "" : " ").Append(value.IsArray ? "[]\n" : "{}\n");
        }
        else
        {
            // Within a sequence the first line goes on behind the dash.
            int inner = isRoot ? 0 : isInSequence ? indent + 2 : (indent + Step) / Step * Step;
            text.Append(isRoot ? "" : isInSequence ? " " : "\n");
            WriteContainer(value, inner, depth, skipsFirstIndent: isInSequence);
        }
    }

    private void WriteContainer(Value value, int indent, int depth, bool skipsFirstIndent)
    {
        if (value.IsArray)
        {
            foreach (Value element in value.Elements)
            {
                text.Append(' ', skipsFirstIndent ? 0 : indent).Append('-');
                skipsFirstIndent = false;
                WriteNode(element, indent, depth + 1, isInSequence: true, isRoot: false);
            }

            return;
        }

        foreach (Member member in value.SortedMembers())
        {
            text.Append(' ', skipsFirstIndent ? 0 : indent);
            skipsFirstIndent = false;
            text.Append(YamlText.OnOneLine(member.Key.AsHostString())).Append(':');
            WriteNode(member.Value, indent, depth + 1, isInSequence: false, isRoot: false);
        }
    }

    private void WriteScalar(Value value, int indent)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                WriteText(value.AsHostString(), indent);
                break;
            case ValueKind.Bytes:
                text.Append("!!binary ").Append(Convert.ToBase64String(value.AsSpan())).Append('\n');
                break;
            case ValueKind.Float64 when !double.IsFinite(value.AsFloat64()):
                text.Append(double.IsNaN(value.AsFloat64()) ? ".nan\n" : value.AsFloat64() > 0 ? ".inf\n" : "-.inf\n");
                break;
            default:
                text.Append(TextForm.ToText(value, context.Arena).AsHostString()).Append('\n');
                break;
        }
    }

    private void WriteText(string value, int indent)
    {
        if (!YamlText.CanBeBlock(value))
        {
            text.Append(YamlText.OnOneLine(value)).Append('\n');
            return;
        }

        text.Append(value[^1] != '\n' ? "|-\n" : value.Length > 1 && value[^2] == '\n' ? "|+\n" : "|\n");
        int inner = (indent + Step) / Step * Step;
        foreach (string line in (value[^1] == '\n' ? value[..^1] : value).Split('\n'))
        {
            text.Append(' ', line.Length == 0 ? 0 : inner).Append(line).Append('\n');
        }
    }
}
