using System.Numerics;

namespace Mapping.Values.Json;

/// <summary>
/// The shortest decimal that reads back as a given float64, and of those of that length the closest one. After R. Giulietti, "The Schubfach
/// way to render doubles" (2020): the value and the ends of the interval that rounds to it are scaled by a power of ten, in one
/// multiplication each, until at most two decimals of the wanted length can lie in it.
/// </summary>
internal static class ShortestDecimal
{
    private const int FractionBits = 52;
    private const int SmallestPower = -343;
    private const int LargestPower = 343;

    /// <summary>Found when first needed.</summary>
    private static readonly PowerOfTen?[] Powers = new PowerOfTen?[LargestPower - SmallestPower + 1];

    /// <param name="value">Finite and above zero.</param>
    /// <param name="exponent">The power of ten that the result is multiplied with.</param>
    public static ulong Find(double value, out int exponent)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        ulong fraction = bits & ((1UL << FractionBits) - 1);
        int biased = (int)(bits >> FractionBits);
        ulong significand = biased == 0 ? fraction : fraction | (1UL << FractionBits);
        int binary = Math.Max(biased, 1) - 1075;

        // Below a power of two the next float64 is only half as far away.
        bool isLowerCloser = fraction == 0 && biased > 1;
        int decimalExponent = FloorLog10(binary, isLowerCloser);
        int shift = binary + FloorLog2OfPower(-decimalExponent) + 1;
        UInt128 power = Power(-decimalExponent);
        ulong middle = ScaledToOdd(power, (4 * significand) << shift);
        ulong lower = ScaledToOdd(power, ((4 * significand) - (isLowerCloser ? 1UL : 2)) << shift);
        ulong upper = ScaledToOdd(power, ((4 * significand) + 2) << shift);
        if ((significand & 1) != 0)
        {
            // The ends belong to the neighbours.
            lower++;
            upper--;
        }

        ulong candidate = middle / 4;
        if (candidate >= 10)
        {
            ulong shorter = candidate / 10;
            bool isBelowInside = lower <= 40 * shorter;
            bool isAboveInside = (40 * shorter) + 40 <= upper;
            if (isBelowInside != isAboveInside)
            {
                exponent = decimalExponent + 1;
                return isAboveInside ? shorter + 1 : shorter;
            }
        }

        exponent = decimalExponent;
        bool isInside = lower <= 4 * candidate;
        bool isNextInside = (4 * candidate) + 4 <= upper;
        if (isInside != isNextInside)
        {
            return isNextInside ? candidate + 1 : candidate;
        }

        ulong half = (4 * candidate) + 2;
        return middle > half || (middle == half && (candidate & 1) != 0) ? candidate + 1 : candidate;
    }

    /// <summary>The upper bits of a product; the last one is set if anything was cut off, so that comparisons stay right.</summary>
    private static ulong ScaledToOdd(UInt128 power, ulong factor)
    {
        ulong carried = Math.BigMul((ulong)power, factor, out _);
        ulong high = Math.BigMul((ulong)(power >> 64), factor, out ulong low);
        low += carried;
        if (low < carried)
        {
            high++;
        }

        return high | (low > 1 ? 1UL : 0);
    }

    /// <summary>The decimal exponent of a power of two, or of three quarters of it.</summary>
    private static int FloorLog10(int binary, bool ofThreeQuarters) => ((binary * 1262611) - (ofThreeQuarters ? 524031 : 0)) >> 22;

    private static int FloorLog2OfPower(int exponent) => (exponent * 1741647) >> 19;

    private static UInt128 Power(int exponent) => (Powers[exponent - SmallestPower] ??= new PowerOfTen(Compute(exponent))).Bits;

    private static UInt128 Compute(int exponent)
    {
        int shift = 127 - FloorLog2OfPower(exponent);
        if (exponent < 0)
        {
            return (UInt128)(((BigInteger.One << shift) / BigInteger.Pow(10, -exponent)) + 1);
        }

        BigInteger whole = BigInteger.Pow(10, exponent);
        if (shift >= 0)
        {
            return (UInt128)(whole << shift);
        }

        BigInteger cut = whole >> -shift;
        return (UInt128)(cut << -shift == whole ? cut : cut + 1);
    }

    /// <summary>A power of ten as 128 bits, rounded up. An object, so that no thread can see half of it.</summary>
    private sealed record PowerOfTen(UInt128 Bits);
}
