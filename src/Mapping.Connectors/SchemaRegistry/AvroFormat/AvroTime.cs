using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <summary>Timestamps and dates, which integers carry.</summary>
/// <param name="isLong">The integer is a long.</param>
/// <param name="secondsPerUnit">Of a date; 1 where a unit is a part of a second.</param>
/// <param name="unitsPerSecond">Of a timestamp; 1 for dates.</param>
/// <param name="isText">Read as RFC 3339 text, not as the integer.</param>
internal sealed class AvroTime(bool isLong, long secondsPerUnit, long unitsPerSecond, bool isText) : AvroType
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly AvroInteger carrier = new(isLong);

    public override void Read(ref WireReader reader, Utf8Buffer json, int level)
    {
        long units = reader.ZigZag();
        long seconds = Math.DivRem(units, unitsPerSecond, out long rest);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + unitsPerSecond);
        }

        // Years that RFC 3339 has no text for stay integers.
        if (!isText || Int128.Abs((Int128)seconds * secondsPerUnit) > CivilDate.LastSecond || seconds * secondsPerUnit < CivilDate.FirstSecond)
        {
            JsonNumbers.Write(json, units);
            return;
        }

        var time = Timestamp.FromLocal(new WallTime(seconds * secondsPerUnit, (int)(rest * (NanosecondsPerSecond / unitsPerSecond)), 0));
        JsonText.WriteString(Encoding.UTF8.GetBytes(time.ToText()), json, escapeHtml: false);
    }

    public override bool TryWrite(Value value, WireWriter writer)
    {
        if (!value.IsString)
        {
            return carrier.TryWrite(value, writer);
        }

        if (!Timestamp.TryParseRfc3339(value.AsSpan(), out Timestamp? time))
        {
            return Mismatch("an integer or an RFC 3339 time", value, writer);
        }

        long days = Math.DivRem(time.UnixSeconds, secondsPerUnit, out long rest);
        Int128 units = secondsPerUnit > 1
            ? days - (rest < 0 ? 1 : 0)
            : ((Int128)time.UnixSeconds * unitsPerSecond) + (time.Nanosecond / (NanosecondsPerSecond / unitsPerSecond));
        return units >= long.MinValue && units <= long.MaxValue ? carrier.TryWrite(Value.FromInt64((long)units), writer) : Mismatch("a time that its unit can tell", value, writer);
    }
}
