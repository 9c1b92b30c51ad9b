using Mapping.Values;

namespace Mapping.Functions;

/// <summary>Metadata as the host sees it: names and texts.</summary>
public sealed partial class Message
{
    public IReadOnlyList<string> MetadataNames => MetadataObject.IsObject ? [.. MetadataObject.SortedMembers().Select(m => m.Key.AsHostString())] : [];

    /// <summary>The text form of a metadata value; null when it is absent.</summary>
    public string? GetMetadata(string name) =>
        MetadataObject.IsObject && MetadataObject.TryGetMember(System.Text.Encoding.UTF8.GetBytes(name), out Value value)
            ? TextForm.ToText(value, new Arena(), escapeHtml: false).AsHostString()
            : null;

    /// <summary>Sets a metadata value; null removes it.</summary>
    public void SetMetadata(string name, string? text)
    {
        var changed = new ObjectNode();
        if (MetadataObject.IsObject)
        {
            foreach (Member member in MetadataObject.Members)
            {
                changed.AddNew(member.Key, member.Value);
            }
        }

        Value key = Value.FromString(name);
        if (text is null)
        {
            changed.Remove(key.AsSpan());
        }
        else
        {
            changed.Set(key, Value.FromString(text));
        }

        MetadataObject = Value.FromObject(changed).Frozen();
    }
}
