using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mapping.Values.Json;

/// <summary>A growable byte buffer, kept and reused by its owner. A class of its own so that the writers' calls are direct and inlined.</summary>
internal sealed class Utf8Buffer : IBufferWriter<byte>
{
    private byte[] bytes;

    public Utf8Buffer(int capacity = 256) => bytes = new byte[Math.Max(capacity, 16)];

    public int Length { get; private set; }

    /// <summary>Valid until the next write.</summary>
    public byte[] Array => bytes;

    public ReadOnlySpan<byte> WrittenSpan => bytes.AsSpan(0, Length);

    /// <summary>The byte written last; something must have been.</summary>
    public byte Last => bytes[Length - 1];

    public void Clear() => Length = 0;

    /// <summary>Gives back to the length it had before.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    /// <summary>At least <paramref name="sizeHint"/> free bytes, to be claimed by <see cref="Advance"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (bytes.Length - Length < Math.Max(sizeHint, 1))
        {
            Grow(Math.Max(sizeHint, 1));
        }

        return bytes.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return bytes.AsMemory(Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(bytes.Length - Length));
        Length += count;
    }

    /// <summary>Where so many free bytes begin, to be written without a check and claimed by <see cref="Claim"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Room(int size)
    {
        if (bytes.Length - Length < size)
        {
            Grow(size);
        }

        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Claim(int count)
    {
        Debug.Assert(count >= 0 && count <= bytes.Length - Length, "there was room");
        Length += count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(MemoryMarshal.CreateSpan(ref Room(text.Length), text.Length));
        Length += text.Length;
    }

    /// <summary>A part of an array. Short parts are copied as one vector, with whatever lies behind them, where there is room for that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte[] owner, int offset, int length)
    {
        byte[] target = bytes;
        int at = Length;
        if (length <= Vector256<byte>.Count && offset <= owner.Length - Vector256<byte>.Count && at <= target.Length - Vector256<byte>.Count)
        {
            Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (nuint)offset)
                .StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(target), (nuint)at);
            Length = at + length;
        }
        else
        {
            AppendLong(owner, offset, length);
        }
    }

    /// <summary>A separator, the text of a key and a colon. As with parts of an array, short keys are copied as one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendKey(byte separator, byte[] owner, int offset, int length)
    {
        byte[] target = bytes;
        int at = Length;
        if (length <= Vector256<byte>.Count && offset <= owner.Length - Vector256<byte>.Count && at < target.Length - Vector256<byte>.Count - 1)
        {
            ref byte place = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), at);
            place = separator;
            Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (nuint)offset).StoreUnsafe(ref place, 1);
            Unsafe.Add(ref place, length + 1) = (byte)':';
            Length = at + length + 2;
        }
        else
        {
            AppendLongKey(separator, owner, offset, length);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendLongKey(byte separator, byte[] owner, int offset, int length)
    {
        Append(separator);
        Append(owner.AsSpan(offset, length));
        Append((byte)':');
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendLong(byte[] owner, int offset, int length) => Append(owner.AsSpan(offset, length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte b)
    {
        Room(1) = b;
        Length++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int room)
    {
        long size = Math.Min(Math.Max(2L * bytes.Length, (long)Length + room), System.Array.MaxLength);
        if (size < (long)Length + room)
        {
            throw new InvalidOperationException("more than 2 GiB of output");
        }

        System.Array.Resize(ref bytes, (int)size);
    }
}
