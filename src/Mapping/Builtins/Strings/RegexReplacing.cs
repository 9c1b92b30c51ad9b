using Mapping.Builtins.Strings.Patterns;
using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Builtins.Strings;

/// <summary><c>re_replace_all</c>, and <c>re_replace</c>, which is the same.</summary>
internal static class RegexReplacing
{
    public static readonly Builtin ReReplaceAll = Method("re_replace_all");

    public static readonly Builtin ReReplace = Method("re_replace");

    private static Builtin Method(string name) => BuiltinBuilder
        .Method(name, Category.Regex, "Replaces all matches of a regular expression in a string.")
        .On(Accepts.Text)
        .Returns("string")
        .Parameter("pattern", ParameterType.String, "A regular expression in RE2 syntax.")
        .Parameter("value", ParameterType.String, "The replacement; $1 or ${name} stands for a group, $$ for a dollar sign.")
        .Example("", $"""root.v = this.value.{name}("ADD ([0-9]+)", "+($1)")""", ("""{"value":"foo ADD 70"}""", """{"v":"foo +(70)"}"""))
        .Example("Letters and digits after a group number need braces.", $$"""root = this.{{name}}("([a-z])([A-Z])", "${1}_$2")""", ("\"someKey\"", "some_Key"))
        .Prepare(static (_, arguments) => Pattern.TryCompile(arguments[0].AsHostString(), out Pattern? pattern, out string? error)
            ? Preparation.Ready(new Work(pattern, new Replacement(arguments[1].AsHostString(), pattern)))
            : Preparation.Refuse(error))
        .Body<Work>(static (context, target, work, _) => Replace(context, target, work));

    private static Value Replace(EvaluationContext context, Value target, Work work)
    {
        ReadOnlySpan<byte> text = target.AsSpan();
        var matches = new MatchWalker(work.Pattern, text, work.NeedsGroups);
        try
        {
            if (!matches.MoveNext())
            {
                return target.ToStringKind();
            }

            Utf8Buffer result = context.Pieces();
            int end = 0;
            do
            {
                result.Append(text[end..matches.Start]);
                work.Replacement.Write(text, in matches, result);
                end = matches.End;
                if (!context.TryGrow(result.Length, out Value exceeded))
                {
                    return exceeded;
                }
            }
            while (matches.MoveNext());

            result.Append(text[end..]);
            return context.FinishPieces(target.IsQuoted && work.Replacement.NeedsNoEscape);
        }
        finally
        {
            matches.Dispose();
        }
    }

    private sealed record Work(Pattern Pattern, Replacement Replacement)
    {
        public bool NeedsGroups { get; } = Replacement.NeedsGroups;
    }
}
