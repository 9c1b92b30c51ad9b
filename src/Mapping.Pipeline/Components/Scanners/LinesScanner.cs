using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Scanners;

/// <param name="Delimiter">Ends a message; null for a line feed, with or without a carriage return before it.</param>
/// <param name="Longest">Bytes a message may have.</param>
/// <param name="OmitEmpty">Empty messages are skipped.</param>
internal sealed record LinesOptions(string? Delimiter, long Longest, bool OmitEmpty);

/// <summary><c>lines</c>: a message for every line.</summary>
internal sealed class LinesScanner(LinesOptions options) : IScanner
{
    private static readonly Field<string> Delimiter = Fields.Text("custom_delimiter", "The text that ends a message, instead of a line break.").Optional().Example("\";\"");
    private static readonly Field<long> Longest = Fields.Size("max_buffer_size", "The longest message; a longer one is an error.").Default("65536").Advanced();
    private static readonly Field<bool> OmitEmpty = Fields.Bool("omit_empty", "Skip empty messages.").Default("false");

    public static ComponentType Type { get; } = Component.Scanner(
        "lines",
        "Makes a message of every line.",
        new Shape<LinesOptions>([Delimiter, Longest, OmitEmpty], read => new LinesOptions(read.Get(Delimiter), read.Get(Longest), read.Get(OmitEmpty))),
        static (options, _) => new LinesScanner(options));

    public IScan Open(Stream stream, string name) => new Scan(stream, options);

    /// <summary>Reads blocks and gives out slices of them; a block lives as long as a message of it.</summary>
    private sealed class Scan(Stream stream, LinesOptions options) : IScan
    {
        // Below what the collector treats as large, so that blocks are cheap to make.
        private const int BlockSize = 64 * 1024;

        private const int MostGathered = 256;

        private readonly byte[] delimiter = options.Delimiter is { Length: > 0 } text ? Encoding.UTF8.GetBytes(text) : "\n"u8.ToArray();
        private readonly Message[] gathered = new Message[MostGathered];
        private readonly bool dropsReturn = string.IsNullOrEmpty(options.Delimiter);
        private byte[] block = [];
        private int start;
        private int searched;
        private int end;
        private bool isAtEnd;
        private long position;

        public long? Position => position;

        public ValueTask<Batch?> NextAsync(CancellationToken cancellation) =>
            TryCut(out Message? message) ? ValueTask.FromResult(message is null ? null : new Batch(message)) : ReadOnAsync(isLoose: false, cancellation);

        public ValueTask<Batch?> NextLooseAsync(CancellationToken cancellation) =>
            TryCut(out Message? message) ? ValueTask.FromResult(message is null ? null : Gather(message)) : ReadOnAsync(isLoose: true, cancellation);

        public ValueTask DisposeAsync() => stream.DisposeAsync();

        private async ValueTask<Batch?> ReadOnAsync(bool isLoose, CancellationToken cancellation)
        {
            Message? message;
            do
            {
                if (end - start > options.Longest)
                {
                    throw new InvalidDataException($"a line is longer than {options.Longest} bytes; max_buffer_size allows longer ones");
                }

                MakeRoom();

                // Reading a file on the disk never waits for anybody, and asking another thread to do it costs more.
                int count = stream is FileStream { CanSeek: true } ? stream.Read(block.AsSpan(end)) : await stream.ReadAsync(block.AsMemory(end), cancellation).ConfigureAwait(false);
                end += count;
                isAtEnd = count == 0;
            }
            while (!TryCut(out message));

            return message is null ? null : isLoose ? Gather(message) : new Batch(message);
        }

        /// <summary>A message and those behind it that are at hand.</summary>
        private Batch Gather(Message first)
        {
            gathered[0] = first;
            int count = 1;
            while (count < gathered.Length && TryCut(out Message? next) && next is not null)
            {
                gathered[count++] = next;
            }

            Message[] messages = gathered.AsSpan(0, count).ToArray();
            gathered.AsSpan(0, count).Clear();
            return Batch.Loose(messages);
        }

        /// <summary>The next message of the block; true with null at the end of the stream.</summary>
        private bool TryCut(out Message? message)
        {
            while (true)
            {
                int found = block.AsSpan(searched, end - searched).IndexOf(delimiter);
                if (found < 0 && !isAtEnd)
                {
                    searched = Math.Max(start, end - delimiter.Length + 1);
                    message = null;
                    return false;
                }

                if (found < 0 && start == end)
                {
                    message = null;
                    return true;
                }

                int lineEnd = found < 0 ? end : searched + found;
                int next = found < 0 ? end : lineEnd + delimiter.Length;
                int length = lineEnd - start;
                int shown = dropsReturn && length > 0 && block[lineEnd - 1] == '\r' ? length - 1 : length;
                int from = start;
                position += next - start;
                start = searched = next;
                if (shown > 0 || !options.OmitEmpty)
                {
                    message = new Message(block.AsMemory(from, shown));
                    return true;
                }
            }
        }

        /// <summary>A block that messages were cut from is never written again; what is left of it moves to a new one.</summary>
        private void MakeRoom()
        {
            if (end < block.Length)
            {
                return;
            }

            byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Max(BlockSize, (end - start) * 2));
            block.AsSpan(start, end - start).CopyTo(larger);
            (block, searched, end, start) = (larger, searched - start, end - start, 0);
        }
    }
}
