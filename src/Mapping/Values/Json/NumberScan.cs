namespace Mapping.Values.Json;

/// <summary>The grammar of JSON numbers.</summary>
internal static unsafe class NumberScan
{
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
