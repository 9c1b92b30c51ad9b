using Mapping.Pipeline.Config;
using Mapping.Text;

namespace Mapping.Pipeline.Testing;

/// <summary>Puts another value where a node is written.</summary>
internal static class NodeEdit
{
    /// <param name="node">A value of a key or list.</param>
    /// <param name="text">A value in one line.</param>
    public static Correction Replace(ConfigNode node, string text)
    {
        string content = node.Source.Content;
        int end = EndOf(node, content);
        while (end > node.Span.Start && char.IsWhiteSpace(content[end - 1]))
        {
            // What follows a block keeps its own line.
            end--;
        }

        int start = node.Span.Start;
        if (node is not ScalarNode && start > 0 && content[start] is not ('{' or '['))
        {
            // A block begins below its key: the value moves up beside it.
            int above = start;
            while (above > 0 && char.IsWhiteSpace(content[above - 1]))
            {
                above--;
            }

            if (content[above..start].Contains('\n', StringComparison.Ordinal))
            {
                return new Correction(node.Source.Name!, TextSpan.FromBounds(above, end), " " + text.TrimStart());
            }
        }

        return new Correction(node.Source.Name!, TextSpan.FromBounds(start, end), text);
    }

    /// <summary>A block ends where its last part does; braces and brackets are outside of their parts.</summary>
    private static int EndOf(ConfigNode node, string content)
    {
        int end = node switch
        {
            MapNode { Entries: [.., var last] } => Math.Max(EndOf(last.Key, content), EndOf(last.Value, content)),
            ListNode { Items: [.., var last] } => EndOf(last, content),
            _ => node.Span.End,
        };
        if (node is ScalarNode || content[node.Span.Start] is not ('{' or '['))
        {
            return end;
        }

        char close = content[node.Span.Start] == '{' ? '}' : ']';
        int at = content.IndexOf(close, Math.Max(end, node.Span.Start));
        return at < 0 ? end : at + 1;
    }
}
