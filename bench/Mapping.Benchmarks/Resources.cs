using System.Text;

namespace Mapping.Benchmarks;

/// <summary>The mappings and corpora that are part of this assembly.</summary>
internal static class Resources
{
    public static string Mapping(string name) => Encoding.UTF8.GetString(Read($"{name}.blobl"));

    /// <summary>The documents of a corpus, all in one piece of memory, as a reader has them.</summary>
    public static ArraySegment<byte>[] Documents(string corpus)
    {
        byte[] bytes = Read($"{corpus}.ndjson");
        var documents = new List<ArraySegment<byte>>();
        foreach (Range line in bytes.AsSpan().Split((byte)'\n'))
        {
            (int offset, int length) = line.GetOffsetAndLength(bytes.Length);
            if (length > 0)
            {
                documents.Add(new ArraySegment<byte>(bytes, offset, length));
            }
        }

        return [.. documents];
    }

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(Resources).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"no resource {name}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
