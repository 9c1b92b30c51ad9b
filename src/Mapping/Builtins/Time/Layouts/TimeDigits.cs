using System.Runtime.Intrinsics;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>The numbers of a time that have two digits, side by side, so that all of them become digits, or come from digits, at once.</summary>
internal readonly struct TimeDigits
{
    private readonly ulong date;
    private readonly ulong time;

    public TimeDigits(uint century, uint year, uint month, uint day, uint hour, uint minute, uint second)
    {
        date = century | (year << 16) | ((ulong)month << 32) | ((ulong)day << 48);
        time = hour | (minute << 16) | ((ulong)second << 32);
    }

    /// <summary>Of digits, a byte each, as their values.</summary>
    public TimeDigits(Vector128<byte> digits)
    {
        // The first digit is the lower byte.
        Vector128<ushort> pairs = digits.AsUInt16();
        Vector128<ulong> values = (((pairs & Vector128.Create((ushort)0xFF)) * 10) + (pairs >>> 8)).AsUInt64();
        date = values.ToScalar();
        time = values.GetElement(1);
    }

    public int Century => (int)(date & 0xFFFF);

    public int Year => (int)(date >> 16) & 0xFFFF;

    public int Month => (int)(date >> 32) & 0xFFFF;

    public int Day => (int)(date >> 48);

    public int Hour => (int)(time & 0xFFFF);

    public int Minute => (int)(time >> 16) & 0xFFFF;

    public int Second => (int)(time >> 32) & 0xFFFF;

    public int OffsetHour => (int)(time >> 48);

    /// <summary>The digits as text, a byte each.</summary>
    public Vector128<byte> ToText()
    {
        // Exact for two digits.
        Vector128<ushort> values = Vector128.Create(date, time).AsUInt16();
        Vector128<ushort> tens = (values * 103) >>> 10;
        return (tens | ((values - (tens * 10)) << 8)).AsByte() + Vector128.Create((byte)'0');
    }
}
