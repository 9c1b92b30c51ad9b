using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Mapping.Pipeline.Components.Formats;

internal enum ArchiveFormat
{
    Binary,
    Concatenate,
    JsonArray,
    Lines,
    Tar,
    Zip,
}

/// <param name="Name">Of the file in archives that have files.</param>
/// <param name="Body">Its content.</param>
/// <param name="IsNull">There is none, which some formats can say.</param>
internal readonly record struct ArchiveEntry(string Name, ReadOnlyMemory<byte> Body, bool IsNull);

/// <summary>Puts several bodies into one.</summary>
internal static class ArchiveWriter
{
    private const int Deepest = 10_000;

    public static byte[] Write(ArchiveFormat format, IReadOnlyList<ArchiveEntry> entries, DateTimeOffset now)
    {
        var output = new MemoryStream();
        switch (format)
        {
            case ArchiveFormat.Binary:
                WriteBinary(entries, output);
                break;
            case ArchiveFormat.Tar:
                WriteTar(entries, output, now);
                break;
            case ArchiveFormat.Zip:
                WriteZip(entries, output, now);
                break;
            case ArchiveFormat.JsonArray:
                output.WriteByte((byte)'[');
                WriteJoined(entries.Select(Json), ","u8, output);
                output.WriteByte((byte)']');
                break;
            default:
                WriteJoined(entries.Select(static e => e.Body), format == ArchiveFormat.Lines ? "\n"u8 : default, output);
                break;
        }

        return output.ToArray();
    }

    private static void WriteJoined(IEnumerable<ReadOnlyMemory<byte>> bodies, ReadOnlySpan<byte> separator, MemoryStream output)
    {
        bool isFirst = true;
        foreach (ReadOnlyMemory<byte> body in bodies)
        {
            output.Write(isFirst ? default : separator);
            output.Write(body.Span);
            isFirst = false;
        }
    }

    /// <summary>A body that is one document.</summary>
    private static ReadOnlyMemory<byte> Json(ArchiveEntry entry)
    {
        if (entry.IsNull)
        {
            return "null"u8.ToArray();
        }

        var reader = new Utf8JsonReader(entry.Body.Span, new JsonReaderOptions { MaxDepth = Deepest });
        try
        {
            while (reader.Read())
            {
                // Reading to the end shows that it is one.
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"a message is no JSON document and cannot be an element of an array: {error.Message}", error);
        }

        return entry.Body;
    }

    private static void WriteBinary(IReadOnlyList<ArchiveEntry> entries, MemoryStream output)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, entries.Count);
        output.Write(number);
        foreach (ArchiveEntry entry in entries)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, entry.Body.Length);
            output.Write(number);
            output.Write(entry.Body.Span);
        }
    }

    private static void WriteTar(IReadOnlyList<ArchiveEntry> entries, MemoryStream output, DateTimeOffset now)
    {
        using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (ArchiveEntry entry in entries)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry.Name)
            {
                DataStream = new MemoryStream(entry.Body.ToArray(), writable: false),
                ModificationTime = now,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            });
        }
    }

    private static void WriteZip(IReadOnlyList<ArchiveEntry> entries, MemoryStream output, DateTimeOffset now)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (ArchiveEntry entry in entries)
        {
            ZipArchiveEntry file = zip.CreateEntry(entry.Name);
            file.LastWriteTime = now;
            using Stream content = file.Open();
            content.Write(entry.Body.Span);
        }
    }
}
