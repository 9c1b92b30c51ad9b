using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>Well-formed UTF-8 sequences beyond ASCII (Unicode table 3-7).</summary>
internal static class Utf8Sequence
{
    /// <summary>U+FFFD.</summary>
    public static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    /// <summary>Length of the sequence of two to four bytes at <paramref name="p"/>, 0 if it is not well-formed or runs past the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe int LengthAt(byte* p, byte* end)
    {
        uint lead = *p;
        if (lead < 0xE0)
        {
            return lead >= 0xC2 && end - p >= 2 && IsContinuation(p[1]) ? 2 : 0;
        }

        if (lead < 0xF0)
        {
            if (end - p < 3 || !IsContinuation(p[1]) || !IsContinuation(p[2]))
            {
                return 0;
            }

            // Overlong forms and encoded surrogates.
            return (lead == 0xE0 && p[1] < 0xA0) || (lead == 0xED && p[1] >= 0xA0) ? 0 : 3;
        }

        if (lead > 0xF4 || end - p < 4 || !IsContinuation(p[1]) || !IsContinuation(p[2]) || !IsContinuation(p[3]))
        {
            return 0;
        }

        return (lead == 0xF0 && p[1] < 0x90) || (lead == 0xF4 && p[1] >= 0x90) ? 0 : 4;
    }

    /// <summary>Whether the three bytes at <paramref name="p"/> are U+2028 or U+2029, which output must escape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe bool IsLineSeparator(byte* p) => p[0] == 0xE2 && p[1] == 0x80 && (p[2] | 1) == 0xA9;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;
}
