using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Where the <see cref="TimeDigits"/> stand in a text of 16 to 32 bytes. A number that it lacks reads as 0 and is not written.</summary>
internal readonly struct TimeDigitPlaces
{
    private const byte Nowhere = 0x80;

    // What a look-up takes from where: reading, from the first and the last 16 bytes of the text; writing, into the first and the next 16.
    private readonly Vector128<byte> fromHead;
    private readonly Vector128<byte> fromTail;
    private readonly Vector128<byte> toHead;
    private readonly Vector128<byte> toNext;

    /// <param name="starts">Where each number begins, negative for none.</param>
    /// <param name="tail">Where the last 16 bytes begin.</param>
    public TimeDigitPlaces(ReadOnlySpan<int> starts, int tail)
    {
        int width = Vector128<byte>.Count;
        Span<byte> reading = stackalloc byte[2 * width];
        Span<byte> writing = stackalloc byte[2 * width];
        reading.Fill(Nowhere);
        writing.Fill(Nowhere);
        for (int i = 0; i < 2 * starts.Length; i++)
        {
            int at = starts[i / 2] + (i % 2);
            if (starts[i / 2] < 0)
            {
                continue;
            }

            bool isInHead = at < width;
            reading[isInHead ? i : width + i] = (byte)(isInHead ? at : at - tail);
            writing[at] = (byte)i;
        }

        fromHead = Vector128.Create<byte>(reading);
        fromTail = Vector128.Create<byte>(reading[width..]);
        toHead = Vector128.Create<byte>(writing);
        toNext = Vector128.Create<byte>(writing[width..]);
    }

    /// <summary>Takes the numbers out of a text in which digits are where they should be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TimeDigits Take(ref byte text, int tail)
    {
        Vector128<byte> digits = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref text) - Vector128.Create((byte)'0'), fromHead)
            | Vector128.ShuffleNative(Vector128.LoadUnsafe(ref text, (nuint)tail) - Vector128.Create((byte)'0'), fromTail);
        return new TimeDigits(digits);
    }

    /// <summary>Writes 32 bytes: the numbers, and between them what stands in a template, which has zeros in their places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(TimeDigits numbers, ref byte text, ref readonly byte template)
    {
        Vector128<byte> digits = numbers.ToText();
        nuint next = (nuint)Vector128<byte>.Count;
        (Vector128.ShuffleNative(digits, toHead) | Vector128.LoadUnsafe(in template)).StoreUnsafe(ref text);
        (Vector128.ShuffleNative(digits, toNext) | Vector128.LoadUnsafe(in template, next)).StoreUnsafe(ref text, next);
    }
}
