using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mapping.Builtins.Time;
using Mapping.Diagnostics;

namespace Mapping.Pipeline.Config;

/// <summary>A duration: numbers with units, as in <c>1m30s</c> or <c>100ms</c>.</summary>
internal sealed class DurationType : FieldType<TimeSpan>
{
    public override string Name => "duration";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, out TimeSpan value)
    {
        value = default;
        if (node is not ScalarNode { Kind: not ScalarKind.Null } scalar)
        {
            return Mismatch(node, scope, "a duration", out value);
        }

        if (TryParse(scalar.Text, out value))
        {
            return true;
        }

        string remedy = scalar.Kind is ScalarKind.Integer or ScalarKind.Float
            ? $"it needs a unit: {scalar.Text}s or {scalar.Text}ms"
            : "numbers with units ns, us, ms, s, m and h, as in 1m30s";
        scope.Problems.Error(DiagnosticCodes.InvalidDuration, node, $"\"{scalar.Text}\" is no duration", remedy);
        return false;
    }

    public static bool TryParse(string text, out TimeSpan duration)
    {
        bool valid = DurationText.TryRead(Encoding.UTF8.GetBytes(text), out long nanoseconds) && nanoseconds >= 0;
        duration = valid ? TimeSpan.FromTicks(nanoseconds / 100) : default;
        return valid;
    }

    public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("type", "string");
}

/// <summary>A duration, or an empty text for none.</summary>
internal sealed class OptionalDurationType : FieldType<TimeSpan?>
{
    private readonly DurationType duration = new();

    public override string Name => duration.Name;

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, out TimeSpan? value)
    {
        value = null;
        if (node is ScalarNode { Text: "" })
        {
            return true;
        }

        bool valid = duration.TryRead(node, scope, path, out TimeSpan given);
        value = valid ? given : null;
        return valid;
    }

    public override void WriteSchema(Utf8JsonWriter json) => duration.WriteSchema(json);
}

/// <summary>A number of bytes: <c>512</c>, <c>32KB</c> (thousands), <c>1MiB</c> (of 1024).</summary>
internal sealed class SizeType : FieldType<long>
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1),
    ];

    public override string Name => "size";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out long value)
    {
        value = 0;
        if (node is not ScalarNode { Kind: not ScalarKind.Null } scalar)
        {
            return Mismatch(node, scope, "a size", out value);
        }

        string text = scalar.Text.Trim();
        (string unit, long bytes) = Array.Find(Units, u => text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        string number = unit is null ? text : text[..^unit.Length].TrimEnd();
        bool valid = decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count)
            && count <= long.MaxValue / (unit is null ? 1 : bytes);
        if (!valid)
        {
            scope.Problems.Error(DiagnosticCodes.InvalidSize, node, $"\"{scalar.Text}\" is no size", "a number of bytes, or one with a unit as in 32KB or 1MiB");
            return false;
        }

        value = (long)(count * (unit is null ? 1 : bytes));
        return true;
    }

    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        json.WriteStringValue("integer");
        json.WriteStringValue("string");
        json.WriteEndArray();
    }
}
