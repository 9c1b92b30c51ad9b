using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>Copies one level deep: a method never changes its receiver.</summary>
internal static class Copying
{
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
