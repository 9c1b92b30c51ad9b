namespace Mapping.Values;

/// <summary>How values become JSON.</summary>
/// <param name="SortKeys">Members in byte order of their keys instead of insertion order.</param>
/// <param name="EscapeHtml"><c>&lt; &gt; &amp;</c> as <c>\u003c \u003e \u0026</c>.</param>
/// <param name="Indent">One level of indentation, or null for the compact form.</param>
internal sealed record JsonWriterOptions(bool SortKeys, bool EscapeHtml, string? Indent)
{
    /// <summary>Message bodies.</summary>
    public static readonly JsonWriterOptions Message = new(SortKeys: false, EscapeHtml: false, Indent: null);

    /// <summary>Texts made from values.</summary>
    public static readonly JsonWriterOptions Text = new(SortKeys: true, EscapeHtml: true, Indent: null);
}
