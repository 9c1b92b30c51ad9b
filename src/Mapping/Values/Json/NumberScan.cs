using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mapping.Values.Json;

/// <summary>The grammar of JSON numbers.</summary>
internal static unsafe class NumberScan
{
    /// <summary>
    /// Numbers without an exponent that end within 32 bytes, from one vector and without a loop to mispredict; null for all others and for
    /// what is no number. The caller vouches that 32 bytes can be read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* FindShortEnd(byte* p, byte* end)
    {
        Vector256<byte> offsets = Vector256.Load(p) - Vector256.Create((byte)'0');
        uint others = ~Vector256.Equals(offsets, Vector256.Min(offsets, Vector256.Create((byte)9))).ExtractMostSignificantBits();
        int first = 0;
        if (*p == '-')
        {
            first = 1;
            others &= others - 1;
        }

        int stop = BitOperations.TrailingZeroCount(others);
        if (stop == first || (p[first] == '0' && stop != first + 1) || others == 0)
        {
            return null;
        }

        if (p[stop] == '.')
        {
            int point = stop;
            others &= others - 1;
            stop = BitOperations.TrailingZeroCount(others);
            if (stop == point + 1 || others == 0)
            {
                return null;
            }
        }

        return (p[stop] | 0x20) == 'e' || p + stop >= end ? null : p + stop;
    }

    public static byte* FindEnd(byte* p, byte* end, out ParseFault fault)
    {
        fault = ParseFault.None;
        if (*p == '-')
        {
            p++;
        }

        if (p < end && *p == '0')
        {
            p++;
            if (p < end && IsDigit(*p))
            {
                fault = ParseFault.LeadingZero;
                return p - 1;
            }
        }
        else if (!SkipDigits(ref p, end))
        {
            fault = ParseFault.DigitExpected;
            return p;
        }

        if (p < end && *p == '.')
        {
            p++;
            if (!SkipDigits(ref p, end))
            {
                fault = ParseFault.DigitExpected;
                return p;
            }
        }

        if (p < end && (*p | 0x20) == 'e')
        {
            p++;
            if (p < end && (*p == '+' || *p == '-'))
            {
                p++;
            }

            if (!SkipDigits(ref p, end))
            {
                fault = ParseFault.DigitExpected;
            }
        }

        return p;
    }

    private static bool SkipDigits(ref byte* p, byte* end)
    {
        byte* first = p;
        byte* q = p;
        while (q < end && IsDigit(*q))
        {
            q++;
        }

        p = q;
        return q > first;
    }

    private static bool IsDigit(byte b) => (uint)(b - '0') <= 9;
}
