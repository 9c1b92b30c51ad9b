using System.Buffers;
using System.Text.Json;
using Mapping.Cli.Input;

namespace Mapping.Cli.Bench;

/// <summary>The documents of an input, held in one piece of memory and split once.</summary>
internal sealed class DocumentSet
{
    private readonly byte[] bytes;
    private readonly (int Offset, int Length)[] places;

    private DocumentSet(byte[] bytes, (int Offset, int Length)[] places)
    {
        this.bytes = bytes;
        this.places = places;
    }

    public int Count => places.Length;

    /// <summary>Bytes of all documents, line breaks not counted.</summary>
    public int Bytes => bytes.Length;

    public static DocumentSet Read(IDocumentReader reader)
    {
        var all = new ArrayBufferWriter<byte>();
        var places = new List<(int, int)>();
        while (reader.TryRead(out ArraySegment<byte> document))
        {
            places.Add((all.WrittenCount, document.Count));
            all.Write(document.AsSpan());
        }

        return new DocumentSet(all.WrittenSpan.ToArray(), [.. places]);
    }

    public ArraySegment<byte> this[int index] => new(bytes, places[index].Offset, places[index].Length);

    /// <summary>Whether a reader gets to the end of every document; only then can a scan be timed.</summary>
    public bool IsJson()
    {
        try
        {
            new ScanPass(this).Run();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
