using System.Collections.Frozen;

namespace Mapping.Extras.Html;

/// <summary>The elements whose tags stay. Those that are pointless without attributes, such as <c>a</c>, go all the same.</summary>
internal sealed class PreservedElements(IEnumerable<string> names)
{
    private static readonly FrozenSet<string> UsefulWithoutAttributes = (
        "abbr acronym address article aside audio b bdi blockquote body br button canvas caption center cite code col colgroup datalist dd del details dfn div "
        + "dl dt em fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 head header hgroup hr html i ins kbd li mark marquee nav ol optgroup option p picture pre "
        + "q rp rt ruby s samp section select small span strike strong sub summary sup svg table tbody td textarea tfoot th thead title time tr tt u ul var video wbr")
        .Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> WithHiddenContent =
        "frame frameset iframe noembed noframes noscript nostyle object title".Split(' ').ToFrozenSet();

    private readonly FrozenSet<string> listed = names.ToFrozenSet();

    /// <summary>The tags are written.</summary>
    public bool Keeps(string name) => listed.Contains(name) && UsefulWithoutAttributes.Contains(name);

    /// <summary>The content is not shown by browsers, and goes with the tags. Scripts and styles go in any case.</summary>
    public bool Hides(string name) => WithHiddenContent.Contains(name) && !listed.Contains(name);
}
