using System.Buffers;
using System.Text;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary><c>enum</c>.</summary>
internal sealed class EnumKeyword(IReadOnlyList<Value> choices) : Keyword
{
    private readonly string message = $"must be one of the following: {string.Join(", ", choices.Select(JsonSpelling.Of))}";

    public override void Check(Validation run, Value value)
    {
        foreach (Value choice in choices)
        {
            if (JsonEquality.AreEqual(choice, value))
            {
                return;
            }
        }

        run.Report(message);
    }
}

/// <summary><c>const</c>.</summary>
internal sealed class ConstKeyword(Value wanted) : Keyword
{
    private readonly string message = $"does not match: {JsonSpelling.Of(wanted)}";

    public override void Check(Validation run, Value value)
    {
        if (!JsonEquality.AreEqual(wanted, value))
        {
            run.Report(message);
        }
    }
}

/// <summary>Values of a schema in messages.</summary>
internal static class JsonSpelling
{
    public static string Of(Value value)
    {
        var text = new ArrayBufferWriter<byte>();
        JsonWriter.TryWrite(value, text, JsonWriterOptions.Text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
