namespace Mapping.Extras.Schemas;

/// <summary>Which keywords count; a schema says so by <c>$schema</c>.</summary>
internal enum Draft
{
    Four,
    Six,
    Seven,

    /// <summary>Of a schema that does not say: everything, with the old and the new meaning of keywords that changed.</summary>
    Any,
}

internal static class Drafts
{
    public static Draft Of(string? address) => address?.TrimEnd('#') switch
    {
        "http://json-schema.org/draft-04/schema" => Draft.Four,
        "http://json-schema.org/draft-06/schema" => Draft.Six,
        "http://json-schema.org/draft-07/schema" => Draft.Seven,
        _ => Draft.Any,
    };
}
