using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <summary>One of several types; its number stands before the value.</summary>
/// <param name="branches">The types.</param>
/// <param name="names">By which JSON tells them apart: see <see cref="AvroSchemas.BranchName"/>.</param>
/// <param name="plainNames">The same without logical types.</param>
/// <param name="isRaw">In JSON the value stands alone.</param>
internal sealed class AvroUnion(AvroType[] branches, string[] names, string[] plainNames, bool isRaw) : AvroType
{
    private readonly byte[][] tags = [.. names.Select(static n => Encoding.UTF8.GetBytes($"{{{System.Text.Json.JsonSerializer.Serialize(n)}:"))];

    public override void Read(ref WireReader reader, Utf8Buffer json, int level)
    {
        int below = Below(level, json);
        long index = reader.ZigZag();
        if (index < 0 || index >= branches.Length)
        {
            throw SchemaFailure.Payload($"the payload has branch {index} of a union with {branches.Length}");
        }

        bool isTagged = !isRaw && branches[index] is not AvroNull;
        if (isTagged)
        {
            json.Append(tags[index]);
        }

        branches[index].Read(ref reader, json, below);
        if (isTagged)
        {
            json.Append((byte)'}');
        }
    }

    public override bool TryWrite(Value value, WireWriter writer) => isRaw || value.IsNull ? TryWriteFirst(value, writer) : TryWriteTagged(value, writer);

    /// <summary>The first branch that takes the value.</summary>
    private bool TryWriteFirst(Value value, WireWriter writer)
    {
        int start = writer.Length;
        for (int i = 0; i < branches.Length; i++)
        {
            if (branches[i] is AvroNull != value.IsNull)
            {
                continue;
            }

            writer.ZigZag(i);
            if (branches[i].TryWrite(value, writer))
            {
                return true;
            }

            writer.Truncate(start);
        }

        // What the only branch that counts had to say is worth more than the list of all.
        return branches.Count(static b => b is not AvroNull) == 1 && !value.IsNull ? false : Mismatch($"one of {string.Join(", ", names)}", value, writer);
    }

    private bool TryWriteTagged(Value value, WireWriter writer)
    {
        if (value.IsObject && value.Count == 1)
        {
            foreach (Member member in value.Members)
            {
                string name = member.Key.AsHostString();
                int index = Array.IndexOf(names, name) is var known and >= 0 ? known : Array.IndexOf(plainNames, name);
                if (index >= 0)
                {
                    writer.ZigZag(index);
                    return branches[index].TryWrite(member.Value, writer) || writer.RefuseAt(name);
                }
            }
        }

        return Mismatch($"{{\"type\": value}} with one of the types {string.Join(", ", names)}", value, writer);
    }
}
