using Mapping.Cli.Input;
using Mapping.Cli.Output;
using Mapping.Functions;

namespace Mapping.Cli.Exec;

/// <summary>Documents that are mapped together, with all that their mapping needs: filled by one thread, mapped by another.</summary>
internal abstract class Chunk(DocumentMapper mapper)
{
    protected const int FullBytes = 256 * 1024;

    private readonly Message[] messages = [.. Enumerable.Range(0, mapper.Options.BatchSize).Select(_ => mapper.NewMessage())];
    private readonly MappingRun run = mapper.NewRun();
    private readonly OutputBuffer mapped = new(Stream.Null, keeps: true);
    private readonly List<int> ends = [];

    public int Count => Documents.Count;

    public List<DocumentResult> Results { get; } = [];

    /// <summary>Lines that were not known when the chunk was filled: the lines of the next chunk begin so much later.</summary>
    public int UncountedLines { get; protected set; }

    /// <summary>Where the documents are in the memory of the chunk.</summary>
    protected List<(int Offset, int Length, long Line)> Documents { get; } = [];

    /// <summary>Takes the next documents, whole batches of them; false when there are none.</summary>
    public abstract bool Fill(IDocumentReader reader);

    /// <summary>Whether it holds documents although filling it failed.</summary>
    public virtual bool IsPartlyFilled => false;

    public long Line(int index) => Documents[index].Line;

    /// <summary>What the documents from one to before another gave.</summary>
    public ReadOnlySpan<byte> Output(int first, int next) => first == next ? default : mapped.Written[(first == 0 ? 0 : ends[first - 1])..ends[next - 1]];

    public Chunk Map()
    {
        mapped.Clear();
        ends.Clear();
        Results.Clear();
        byte[] memory = Separate();
        for (int first = 0; first < Documents.Count; first += messages.Length)
        {
            int size = Math.Min(messages.Length, Documents.Count - first);
            IReadOnlyList<Message> batch = size == messages.Length ? messages : messages[..size];
            for (int i = 0; i < size; i++)
            {
                mapper.Fill(messages[i], new ArraySegment<byte>(memory, Documents[first + i].Offset, Documents[first + i].Length));
            }

            for (int i = 0; i < size; i++)
            {
                Results.Add(mapper.Map(run, batch, i, mapped));
                ends.Add(mapped.Written.Length);
            }
        }

        return this;
    }

    /// <summary>Completes the places of the documents; gives the memory they are in.</summary>
    protected abstract byte[] Separate();
}
