namespace Mapping.Extras.Schemas.Formats;

/// <summary>Whether a text has a format.</summary>
internal delegate bool Format(ReadOnlySpan<byte> text);

/// <summary>The formats by name. They are as strict, or lenient, as those of the reference; unknown ones allow anything.</summary>
internal static class FormatCatalogue
{
    private static readonly Dictionary<string, Format> All = new()
    {
        ["date"] = DateFormats.IsDate,
        ["time"] = DateFormats.IsTime,
        ["date-time"] = DateFormats.IsDateTime,
        ["hostname"] = NameFormats.IsHostname,
        ["uuid"] = NameFormats.IsUuid,
        ["regex"] = NameFormats.IsRegex,
        ["json-pointer"] = NameFormats.IsJsonPointer,
        ["relative-json-pointer"] = NameFormats.IsRelativeJsonPointer,
        ["email"] = EmailFormat.IsEmail,
        ["idn-email"] = EmailFormat.IsEmail,
        ["ipv4"] = AddressFormats.IsIpv4,
        ["ipv6"] = AddressFormats.IsIpv6,
        ["uri"] = UriFormats.IsUri,
        ["iri"] = UriFormats.IsUri,
        ["uri-reference"] = UriFormats.IsUriReference,
        ["iri-reference"] = UriFormats.IsUriReference,
        ["uri-template"] = UriFormats.IsUriTemplate,
    };

    public static Format? Find(string name) => All.GetValueOrDefault(name);
}
