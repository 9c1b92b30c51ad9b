using System.Buffers;

namespace Mapping.Pipeline.Messages;

/// <summary>Where mappings write the bodies they make, one behind another into blocks; a block lives as long as a body in it.</summary>
internal sealed class BodyWriter : IBufferWriter<byte>
{
    private const int BlockSize = 16 * 1024;
    private const int LargestKeptBlock = 1024 * 1024;

    private byte[] block = [];
    private int start;
    private int end;

    /// <summary>Before a body is written: what a write that was broken off left behind is no part of it.</summary>
    public void Begin() => end = start;

    /// <summary>What was written since the last one; never written over.</summary>
    public ArraySegment<byte> Take()
    {
        var body = new ArraySegment<byte>(block, start, end - start);
        start = end;
        return body;
    }

    /// <summary>As <see cref="Take"/>, in an array of its own.</summary>
    public ArraySegment<byte> TakeApart()
    {
        byte[] body = block.AsSpan(start, end - start).ToArray();
        Discard();
        return body;
    }

    /// <summary>What was written since the last body is not needed.</summary>
    public void Discard()
    {
        end = start;
        if (block.Length > LargestKeptBlock)
        {
            (block, start, end) = ([], 0, 0);
        }
    }

    public void Advance(int count) => end += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return block.AsSpan(end);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return block.AsMemory(end);
    }

    private void MakeRoom(int size)
    {
        if (block.Length - end >= Math.Max(size, 1))
        {
            return;
        }

        int begun = end - start;
        byte[] next = GC.AllocateUninitializedArray<byte>(Math.Max(BlockSize, checked(begun * 2 + size)));
        block.AsSpan(start, begun).CopyTo(next);
        (block, start, end) = (next, 0, begun);
    }
}
