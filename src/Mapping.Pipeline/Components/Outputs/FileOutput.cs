using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <param name="Path">Made for every message.</param>
/// <param name="Codec">How messages are written.</param>
/// <param name="Syncs">What is written is forced to the disk before it counts as written.</param>
internal sealed record FileOutputOptions(TextTemplate Path, Codec Codec, bool Syncs);

/// <summary><c>file</c>: files of the machine.</summary>
internal sealed class FileOutput(FileOutputOptions options) : IOutput
{
    private static readonly Field<TextTemplate> Path = Fields.Template("path", "The file; folders that are missing are made.").Example("out/${! @topic }.ndjson");

    private static readonly Field<bool> Syncs = Fields.Choice(
        "fsync",
        "When what is written is forced to the disk: never survives a crash of the program, batch also one of the machine.",
        ("never", false),
        ("batch", true)).Default("never").Advanced();

    private readonly MemoryStream block = new();
    private string? openPath;
    private FileStream? open;
    private AppendJournal? journal;

    public static ComponentType Type { get; } = Component.Output(
        "file",
        "Appends messages to files, one write after another; with the codec all-bytes every message replaces the file as a whole, at once.",
        new Shape<FileOutputOptions>([Path, Codec.Field, Syncs], read => new FileOutputOptions(read.Get(Path), read.Get(Codec.Field), read.Get(Syncs))),
        static (options, _) => new FileOutput(options));

    // A path that is made for every message may depend on the batch.
    public bool TakesLoose => options.Path.IsConstant && !options.Codec.Replaces;

    /// <summary>A path that is the same for every message is tried at the start.</summary>
    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        if (options.Path.IsConstant && !options.Codec.Replaces)
        {
            try
            {
                Open(options.Path.Text);
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                throw new StartException($"cannot write {options.Path.Text}: {Reason(error, options.Path.Text)}", "check the path and its permissions");
            }
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        for (int first = 0; first < batch.Count;)
        {
            string path = options.Path.Resolve(batch, first);
            int next = first + 1;
            while (next < batch.Count && !options.Codec.Replaces && options.Path.Resolve(batch, next) == path)
            {
                next++;
            }

            if (options.Codec.Replaces)
            {
                await ReplaceAsync(path, batch[first], cancellation).ConfigureAwait(false);
            }
            else
            {
                await AppendAsync(path, batch.Skip(first).Take(next - first), cancellation).ConfigureAwait(false);
            }

            first = next;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await block.DisposeAsync().ConfigureAwait(false);
        if (open is not null)
        {
            await open.DisposeAsync().ConfigureAwait(false);
        }

        journal?.End();
    }

    private static string Reason(Exception error, string path) => error switch
    {
        UnauthorizedAccessException when Directory.Exists(path) => "it is a folder",
        UnauthorizedAccessException => "permission denied",
        _ => error.Message.TrimEnd('.'),
    };

    /// <summary>One write, so that a crash leaves as little of a message behind as can be.</summary>
    private async ValueTask AppendAsync(string path, IEnumerable<Message> messages, CancellationToken cancellation)
    {
        block.SetLength(0);
        foreach (Message message in messages)
        {
            options.Codec.Write(message, block);
        }

        FileStream file = openPath == path ? open! : Open(path);
        try
        {
            await file.WriteAsync(block.GetBuffer().AsMemory(0, (int)block.Length), cancellation).ConfigureAwait(false);
            if (options.Syncs)
            {
                file.Flush(flushToDisk: true);
            }
        }
        catch
        {
            // A full disk may have taken a part: the next write opens the file again, which mends that.
            openPath = null;
            throw;
        }
    }

    /// <summary>Whoever looks sees the old content or the new, never a part.</summary>
    private async ValueTask ReplaceAsync(string path, Message message, CancellationToken cancellation)
    {
        MakeFolder(path);
        string temporary = path + ".part";
        await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            await file.WriteAsync(message.Body, cancellation).ConfigureAwait(false);
            file.Flush(options.Syncs);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private FileStream Open(string path)
    {
        open?.Dispose();
        openPath = null;
        MakeFolder(path);
        open = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        if (options.Path.IsConstant && options.Codec.Separator is not null)
        {
            journal = new AppendJournal(path);
            journal.Begin(open, options.Codec.Separator);
        }

        EndTornMessage(open);
        openPath = path;
        return open;
    }

    /// <summary>What somebody else left without an end must not run into the next message.</summary>
    private void EndTornMessage(FileStream file)
    {
        file.Seek(0, SeekOrigin.End);
        if (options.Codec.Separator is { } separator && file.Length >= separator.Length)
        {
            var end = new byte[separator.Length];
            file.Seek(-separator.Length, SeekOrigin.End);
            file.ReadExactly(end);
            if (!end.AsSpan().SequenceEqual(separator))
            {
                file.Write(separator);
            }
        }
    }

    private static void MakeFolder(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }
}
