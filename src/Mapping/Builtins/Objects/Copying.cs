using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>Copies one level deep: a method never changes its receiver.</summary>
internal static class Copying
{
    public static ObjectNode CopyObject(this Arena arena, Value source, int extra = 0)
    {
        ObjectNode copy = arena.NewObject(source.Count + extra);
        foreach (Member member in source.Members)
        {
            copy.AddNew(member.Key, member.Value.Frozen());
        }

        return copy;
    }

    public static ArrayNode CopyArray(this Arena arena, Value source, int extra = 0)
    {
        ArrayNode copy = arena.NewArray(source.Count + extra);
        copy.AddElements(source);
        return copy;
    }

    public static void AddElements(this ArrayNode target, Value source)
    {
        foreach (Value element in source.Elements)
        {
            target.Add(element.Frozen());
        }
    }
}
