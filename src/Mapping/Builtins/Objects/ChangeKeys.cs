using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>The words of a list of changes, as <c>diff</c> writes and <c>patch</c> reads it.</summary>
internal static class ChangeKeys
{
    public static readonly Value Type = Value.FromString("Type");
    public static readonly Value Path = Value.FromString("Path");
    public static readonly Value From = Value.FromString("From");
    public static readonly Value To = Value.FromString("To");
    public static readonly Value Create = Value.FromString("create");
    public static readonly Value Update = Value.FromString("update");
    public static readonly Value Delete = Value.FromString("delete");
}
