using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Pipeline.Messages;

/// <summary>Metadata of any value type; messages that share it keep theirs.</summary>
internal static class MetadataValues
{
    public static void Set(Message message, string name, Value value) => Set(message, (name, value));

    public static void Set(Message message, params ReadOnlySpan<(string Name, Value Value)> values)
    {
        var changed = new ObjectNode();
        if (message.MetadataObject.IsObject)
        {
            foreach (Member member in message.MetadataObject.Members)
            {
                changed.AddNew(member.Key, member.Value);
            }
        }

        foreach ((string name, Value value) in values)
        {
            changed.Set(Value.FromString(name), value);
        }

        message.MetadataObject = Value.FromObject(changed).Frozen();
    }
}
