using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Html;

/// <summary><c>strip_html</c>.</summary>
internal static class HtmlBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        BuiltinBuilder
            .Method("strip_html", "String Manipulation", "Removes the tags of HTML, and the content of scripts, styles, frames and titles. What stays is text escaped for HTML.")
            .FromConnect()
            .On(Accepts.LenientText)
            .Returns("string")
            .Optional("preserve", ParameterType.Any, "An array of names of elements whose tags stay, without their attributes.")
            .Example("", "root.stripped = this.value.strip_html()", ("""{"value":"<p>the plain <strong>old text</strong></p>"}""", """{"stripped":"the plain old text"}"""))
            .Example("", "root.stripped = this.value.strip_html([\"article\"])", ("""{"value":"<article class=\"a\"><p>the plain <strong>old text</strong></p></article>"}""", """{"stripped":"<article>the plain old text</article>"}"""))
            .Example("Scripts vanish, text stays escaped.", "root = this.strip_html()", ("\"<script>alert(1)</script>1 &lt; 2 & 3\"", "1 &lt; 2 &amp; 3"))
            .Prepare(static (_, arguments) => Read(arguments[0]))
            .Body<PreservedElements>(static (context, target, preserved, _) => TagStripping.Strip(context, target, preserved)),
    ];

    private static Preparation Read(Value preserve)
    {
        var names = new List<string>();
        if (preserve.IsArray)
        {
            foreach (Value name in preserve.Elements)
            {
                if (!name.IsText)
                {
                    return Preparation.Refuse($"preserve must hold names of elements only, got {name.TypeName}");
                }

                names.Add(name.AsHostString().ToLowerInvariant());
            }
        }

        return Preparation.Ready(new PreservedElements(names));
    }
}
