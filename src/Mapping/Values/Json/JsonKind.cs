namespace Mapping.Values.Json;

/// <summary>What a JSON value is; containers come last so that one comparison tells them apart, and differ in the lowest bit.</summary>
internal enum JsonKind : byte
{
    Null,
    False,
    True,
    Number,
    String,
    Array = 6,
    Object,
}
