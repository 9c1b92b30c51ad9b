using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Mapping.Pipeline.Components.Formats;

/// <summary>A part of a body that holds several.</summary>
/// <param name="Name">The name of its file, or its key; null where parts have none.</param>
/// <param name="Body">Its content.</param>
internal readonly record struct ArchivedPart(string? Name, ReadOnlyMemory<byte> Body);

/// <summary>Takes a body apart. What is wrong with it throws an <see cref="InvalidDataException"/>.</summary>
internal static class ArchiveReader
{
    private const int Deepest = 10_000;

    public static IEnumerable<ArchivedPart> ReadBinary(ReadOnlyMemory<byte> body)
    {
        int count = ReadNumber(ref body);
        for (int i = 0; i < count; i++)
        {
            int length = ReadNumber(ref body);
            if (length < 0 || length > body.Length)
            {
                throw new InvalidDataException($"the message ends within part {i} of {count}");
            }

            yield return new ArchivedPart(null, body[..length]);
            body = body[length..];
        }

        if (!body.IsEmpty)
        {
            throw new InvalidDataException($"{body.Length} bytes follow the last part");
        }
    }

    public static IEnumerable<ArchivedPart> ReadLines(ReadOnlyMemory<byte> body)
    {
        while (!body.IsEmpty)
        {
            int end = body.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? body : body[..end];
            yield return new ArchivedPart(null, line.Span is [.., (byte)'\r'] ? line[..^1] : line);
            body = end < 0 ? default : body[(end + 1)..];
        }
    }

    public static IEnumerable<ArchivedPart> ReadJson(ReadOnlyMemory<byte> body, bool inArray)
    {
        var cutter = new JsonCutter(inArray);
        while (cutter.TryCut(body.Span[(int)cutter.Scanned..], isFinal: true, out long from, out long to))
        {
            yield return new ArchivedPart(null, body[(int)from..(int)to]);
        }
    }

    public static IEnumerable<ArchivedPart> ReadJsonMap(ReadOnlyMemory<byte> body)
    {
        var parts = new List<ArchivedPart>();
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = Deepest });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new InvalidDataException("the message is no JSON object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string key = reader.GetString()!;
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                parts.Add(new ArchivedPart(key, body[start..(int)reader.BytesConsumed]));
            }

            reader.Read();
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"the message is no JSON object: {error.Message}", error);
        }

        return parts;
    }

    public static IEnumerable<ArchivedPart> ReadCsv(ReadOnlyMemory<byte> body, string delimiter)
    {
        var rows = new CsvRows(new CsvParser(delimiter, isLazy: false), hasHeader: true);
        while (true)
        {
            rows.TryRead(body.Span, isFinal: true, out int length, out byte[]? row, out string? problem);
            if (problem is not null)
            {
                throw new InvalidDataException(problem);
            }

            if (row is null)
            {
                yield break;
            }

            yield return new ArchivedPart(null, row);
            body = body[length..];
        }
    }

    public static IEnumerable<ArchivedPart> ReadTar(ReadOnlyMemory<byte> body)
    {
        using var tar = new TarReader(new MemoryStream(body.ToArray(), writable: false));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                yield return new ArchivedPart(entry.Name, Content(entry.DataStream));
            }
        }
    }

    public static IEnumerable<ArchivedPart> ReadZip(ReadOnlyMemory<byte> body)
    {
        using var zip = new ZipArchive(new MemoryStream(body.ToArray(), writable: false), ZipArchiveMode.Read);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(static e => !e.FullName.EndsWith('/')))
        {
            using Stream content = entry.Open();
            yield return new ArchivedPart(entry.FullName, Content(content));
        }
    }

    private static int ReadNumber(ref ReadOnlyMemory<byte> body)
    {
        if (!BinaryPrimitives.TryReadInt32BigEndian(body.Span, out int number))
        {
            throw new InvalidDataException("the message ends within a number");
        }

        body = body[4..];
        return number;
    }

    private static byte[] Content(Stream? stream)
    {
        using var content = new MemoryStream();
        stream?.CopyTo(content);
        return content.ToArray();
    }
}
