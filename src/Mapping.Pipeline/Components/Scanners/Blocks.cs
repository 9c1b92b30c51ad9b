namespace Mapping.Pipeline.Components.Scanners;

/// <summary>
/// A stream read in blocks that messages are cut from as slices. A block that something was cut from is never written again; what is
/// left of it moves to a new one.
/// </summary>
internal sealed class Blocks(Stream stream) : IAsyncDisposable
{
    // Below what the collector treats as large, so that blocks are cheap to make.
    private const int BlockSize = 64 * 1024;

    private byte[] block = [];
    private long blockStart;
    private int end;

    /// <summary>The stream has no more than what was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>What was read from a position of the stream on.</summary>
    public ReadOnlyMemory<byte> From(long position) => block.AsMemory((int)(position - blockStart), end - (int)(position - blockStart));

    public ReadOnlyMemory<byte> Slice(long from, long to) => block.AsMemory((int)(from - blockStart), (int)(to - from));

    /// <summary>Reads on; bytes before a position are not needed any more.</summary>
    public async ValueTask ReadAsync(long needed, CancellationToken cancellation)
    {
        if (end == block.Length)
        {
            int kept = end - (int)(needed - blockStart);
            var larger = new byte[Math.Max(BlockSize, kept * 2)];
            block.AsSpan(end - kept, kept).CopyTo(larger);
            (block, blockStart, end) = (larger, needed, kept);
        }

        int count = await stream.ReadAsync(block.AsMemory(end), cancellation).ConfigureAwait(false);
        end += count;
        IsAtEnd = count == 0;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
