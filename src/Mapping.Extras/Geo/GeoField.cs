namespace Mapping.Extras.Geo;

internal enum GeoKind
{
    Integer,
    Float,
    Text,
    Flag,

    /// <summary>A name in several languages, by their codes; null when the database has none.</summary>
    Names,

    /// <summary>A group of fields.</summary>
    Group,

    /// <summary>An array of groups; null when the database has none.</summary>
    List,
}

/// <summary>A field of the result.</summary>
/// <param name="Name">As mappings see it.</param>
/// <param name="Key">As the database has it.</param>
/// <param name="Kind">What it holds, and so what stands for an absent one.</param>
internal sealed record GeoField(string Name, string Key, GeoKind Kind)
{
    /// <summary>The fields of a group, or of each member of a list.</summary>
    public IReadOnlyList<GeoField> Members { get; init; } = [];
}
