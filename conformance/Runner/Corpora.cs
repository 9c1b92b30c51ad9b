namespace Mapping.Conformance.Runner;

/// <summary>
/// Mappings and documents that cases name instead of holding them: <c>mappings/*.blobl</c> and <c>corpora/*.ndjson</c> next
/// to the file of the cases. Each file is read once.
/// </summary>
internal sealed class Corpora(string folder)
{
    private readonly Dictionary<string, string> mappings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ReadOnlyMemory<byte>>> documents = new(StringComparer.Ordinal);

    public string Mapping(string name)
    {
        if (!mappings.TryGetValue(name, out string? text))
        {
            text = File.ReadAllText(Path.Combine(folder, "mappings", name + ".blobl"));
            mappings.Add(name, text);
        }

        return text;
    }

    /// <param name="line">1-based.</param>
    public ReadOnlyMemory<byte> Document(string corpus, int line)
    {
        if (!documents.TryGetValue(corpus, out List<ReadOnlyMemory<byte>>? lines))
        {
            lines = SplitLines(File.ReadAllBytes(Path.Combine(folder, "corpora", corpus + ".ndjson")));
            documents.Add(corpus, lines);
        }

        return line >= 1 && line <= lines.Count
            ? lines[line - 1]
            : throw new CaseFormatException($"corpus {corpus} has no line {line}");
    }

    private static List<ReadOnlyMemory<byte>> SplitLines(ReadOnlyMemory<byte> text)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!text.IsEmpty)
        {
            int end = text.Span.IndexOf((byte)'\n');
            lines.Add(end < 0 ? text : text[..end]);
            text = end < 0 ? default : text[(end + 1)..];
        }

        return lines;
    }
}
