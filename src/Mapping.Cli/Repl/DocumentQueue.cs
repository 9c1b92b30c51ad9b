using System.Text;
using Mapping.Functions;

namespace Mapping.Cli.Repl;

/// <summary>The documents a session works on, one of which is current.</summary>
internal sealed class DocumentQueue
{
    private IReadOnlyList<byte[]> documents = ["{}"u8.ToArray()];

    public int Count => documents.Count;

    public int Index { get; private set; }

    public byte[] Current => documents[Index];

    public void Set(string json)
    {
        documents = [Encoding.UTF8.GetBytes(json)];
        Index = 0;
    }

    /// <summary>Takes the lines of a file, or all of it when it is a single document over many lines.</summary>
    public void Load(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        string[] lines = [.. Encoding.UTF8.GetString(content).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        documents = lines.Length == 0 ? throw new InvalidDataException("it holds no document")
            : !IsJson(Encoding.UTF8.GetBytes(lines[0])) && IsJson(content) ? [content]
            : [.. lines.Select(Encoding.UTF8.GetBytes)];
        Index = 0;
    }

    public bool TryMoveNext()
    {
        if (Index + 1 == Count)
        {
            return false;
        }

        Index++;
        return true;
    }

    public static bool IsJson(byte[] text) => new Message(text).TryGetDocument(out _);
}
