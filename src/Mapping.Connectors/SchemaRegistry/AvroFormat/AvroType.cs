using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <summary>A type of an Avro schema, ready to be read as JSON and written from it. Types refer to each other in circles.</summary>
internal abstract class AvroType
{
    /// <summary>Deeper data can only be made to exhaust the stack.</summary>
    private const int MostLevels = 500;

    /// <summary>Items that take no bytes could make a body of any size.</summary>
    private const int LargestBody = 64 * 1024 * 1024;

    /// <summary>Reads one value and writes it as JSON.</summary>
    /// <exception cref="SchemaFailure">The bytes are no such value.</exception>
    public abstract void Read(ref WireReader reader, Utf8Buffer json, int level);

    /// <summary>False when the value is no such value, with the reason in the writer; what was written then is to be taken back.</summary>
    public abstract bool TryWrite(Value value, WireWriter writer);

    /// <summary>Checked by containers.</summary>
    protected static int Below(int level, Utf8Buffer json)
    {
        if (level >= MostLevels)
        {
            throw SchemaFailure.Payload($"the payload nests deeper than {MostLevels} levels");
        }

        if (json.Length > LargestBody)
        {
            throw SchemaFailure.Payload($"the payload is more than {LargestBody / 1024 / 1024} MiB of JSON");
        }

        return level + 1;
    }

    protected static bool Mismatch(string expected, Value value, WireWriter writer) => writer.Refuse($"expected {expected}, found {Shown(value)}");

    private static string Shown(Value value) => value.IsContainer || value.IsNull ? value.TypeName : $"{value.TypeName} {value}";
}
