using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <param name="Paths">With wildcards.</param>
/// <param name="Scanner">Cuts each file.</param>
/// <param name="DeletesFinished">A file is removed when all its messages are written.</param>
/// <param name="Cursor">Where the position is kept; null starts from the beginning each time.</param>
/// <param name="ReplaysRejected">Rejected messages are delivered again.</param>
internal sealed record FileInputOptions(IReadOnlyList<string> Paths, ComponentPlan<IScanner> Scanner, bool DeletesFinished, string? Cursor, bool ReplaysRejected);

/// <summary><c>file</c>: files of the machine, one after another.</summary>
internal sealed class FileInput(FileInputOptions options, IComponentContext context) : IInput
{
    private static readonly Field<IReadOnlyList<string>> Paths = Fields.Texts("paths", "Files, in this order; *, ?, [...], {a,b} and ** are wildcards.").Example("[\"logs/*.ndjson\"]");
    private static readonly Field<ComponentPlan<IScanner>> Scanner = Fields.Scanner("scanner", "How a file is cut into messages.").Default("lines: {}");
    private static readonly Field<bool> DeletesFinished = Fields.Bool("delete_on_finish", "Remove a file when all its messages are written.").Default("false").Advanced();
    private static readonly Field<string> Cursor = Fields.Text("cursor", "A file that keeps how far files were read and written, so that a later run goes on from there.").Optional().Example("state/orders.cursor");

    private readonly FileCursor? cursor = options.Cursor is { Length: > 0 } path ? new FileCursor(path, context.Clock) : null;
    private Queue<string>? files;
    private ReadFile? current;

    public static ComponentType Type { get; } = new ComponentType<IInput, FileInputOptions>(
        ComponentKind.Input,
        "file",
        "Reads files one after another and ends with the last.",
        new Shape<FileInputOptions>(
            [Paths, Scanner, DeletesFinished, Cursor, SharedFields.AutoReplayNacks],
            read => new FileInputOptions(read.Get(Paths), read.Get(Scanner), read.Get(DeletesFinished), read.Get(Cursor), read.Get(SharedFields.AutoReplayNacks))),
        static (options, context) => new FileInput(options, context))
    {
        Description = """
            Messages get the metadata `path`, `mod_time_unix` and `mod_time`.

            With `cursor`, the position up to which every message was written is kept in a file, forced to the disk at most ten times a
            second and at the end. After a crash, messages behind it are read again: nothing is lost, and some may be written twice.
            """,
    };

    public bool ReplaysRejected => options.ReplaysRejected;

    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        if (files is null)
        {
            string[] found = [.. options.Paths.SelectMany(FileGlob.Expand)];
            if (found.Length == 0)
            {
                throw new StartException($"no file matches {Known.Listed(options.Paths)}", "check the paths");
            }

            cursor?.Load();
            files = new Queue<string>(found);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        if (current is null)
        {
            return ReadOnAsync(null, cancellation);
        }

        ValueTask<Delivery?> next = current.NextAsync(cancellation);
        return next is { IsCompletedSuccessfully: true, Result: { } delivery } ? ValueTask.FromResult<Delivery?>(delivery) : ReadOnAsync(next.AsTask(), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (current is not null)
        {
            await current.DisposeAsync().ConfigureAwait(false);
        }

        cursor?.Dispose();
    }

    /// <summary>The way for reads that must be waited for, and from file to file.</summary>
    private async ValueTask<Delivery?> ReadOnAsync(Task<Delivery?>? begun, CancellationToken cancellation)
    {
        while (true)
        {
            if (current is null)
            {
                if (!files!.TryDequeue(out string? path))
                {
                    return null;
                }

                current = Open(path);
            }

            if (await (begun ?? current.NextAsync(cancellation).AsTask()).ConfigureAwait(false) is { } delivery)
            {
                return delivery;
            }

            begun = null;

            await current.FinishAsync().ConfigureAwait(false);
            current = null;
        }
    }

    private ReadFile Open(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            long start = cursor?.PositionOf(path, stream.Length) ?? 0;
            stream.Seek(start, SeekOrigin.Begin);
            return new ReadFile(path, options.Scanner.Create(context).Open(stream, path), start, stream.Length, cursor, options.DeletesFinished) { IsLoose = context.MayDeliverLoose };
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new StartException($"cannot read {path}: {error.Message.TrimEnd('.')}");
        }
    }
}
