using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mapping.Values.Json;

/// <summary>A key of <see cref="KnownKeys"/>, at its place in the tree. Others are named by their distance or by their number, 0 for none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KnownKey
{
    /// <summary>As it is written, with quotes and colon: the first <see cref="Length"/> bytes.</summary>
    public TextBytes Text;

    public int Length;

    /// <summary>One bit for every byte of the text.</summary>
    public uint Mask;

    /// <summary>What its entries have on a tape: kind and number.</summary>
    public uint Meta;

    /// <summary>Distance to the key that is expected after it. Never backwards but to none, so keys found by it differ from each other.</summary>
    public int Next;

    /// <summary>Distance to the key that is expected first in an object that is its value.</summary>
    public int First;

    /// <summary>How many keys were met in objects that are its value.</summary>
    public ushort Children;

    /// <summary>The key whose value the object is that it stands in.</summary>
    public ushort Parent;

    /// <summary>A bit for every key met in objects that are its value, by its <see cref="KeyHash"/>: without that bit there is no such key.</summary>
    public ulong Met;

    /// <summary>What is between the quotes.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Content => Text[1..(Length - 2)];

    /// <summary>Whether a text begins with this key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Matches(Vector256<byte> text) =>
        (~Vector256.Equals(text, Vector256.LoadUnsafe(in Text[0])).ExtractMostSignificantBits() & Mask) == 0;

    [InlineArray(KnownKeys.TextWidth)]
    public struct TextBytes
    {
        private byte first;
    }
}
