using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Mapping.Pipeline.Config;

/// <summary>A list; where <paramref name="mayBeOne"/>, a single item needs no list around it.</summary>
internal sealed class ListType<T>(FieldType<T> item, bool mayBeOne = false) : FieldType<IReadOnlyList<T>>
{
    public override string Name => "list of " + item.Name;

    public override IReadOnlyList<Field> Children => item.Children;

    public override FieldType? Item => item;

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        if (node is not ListNode list)
        {
            if (!mayBeOne || node is not ScalarNode { Kind: not ScalarKind.Null })
            {
                return Mismatch(node, scope, "a list", out value);
            }

            list = new ListNode(node.Source, node.Span, [node]);
        }

        var items = new List<T>();
        bool valid = true;
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (item.TryRead(list.Items[i], scope, $"{path}.{i}", out T? read))
            {
                items.Add(read);
            }
            else
            {
                valid = false;
            }
        }

        value = items;
        return valid;
    }

    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        item.WriteSchema(json);
        json.WriteEndObject();
    }
}

/// <summary>An object with keys of the user's choice, in the order of the text.</summary>
internal sealed class MapType<T>(FieldType<T> item) : FieldType<IReadOnlyList<KeyValuePair<string, T>>>
{
    public override string Name => "map of " + item.Name;

    public override IReadOnlyList<Field> Children => item.Children;

    public override FieldType? Item => item;

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out IReadOnlyList<KeyValuePair<string, T>> value)
    {
        if (node is not MapNode map)
        {
            return Mismatch(node, scope, "an object", out value);
        }

        var items = new List<KeyValuePair<string, T>>();
        bool valid = true;
        foreach (MapEntry entry in map.Entries)
        {
            if (item.TryRead(entry.Value, scope, $"{path}.{Paths.Escape(entry.Key.Text)}", out T? read))
            {
                items.Add(new(entry.Key.Text, read));
            }
            else
            {
                valid = false;
            }
        }

        value = items;
        return valid;
    }

    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("additionalProperties");
        item.WriteSchema(json);
        json.WriteEndObject();
    }
}

/// <summary>Whatever is written, unread.</summary>
internal sealed class AnyType : FieldType<ConfigNode>
{
    public override string Name => "any";

    public override bool AcceptsNull => true;

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, out ConfigNode value)
    {
        value = node;
        return true;
    }

    public override void WriteSchema(Utf8JsonWriter json)
    {
        // A schema without members allows anything.
    }
}
