using System.Globalization;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>unicode_segments</c>.</summary>
internal static class Segmenting
{
    private const int LookEvery = 4096;

    public static readonly Builtin UnicodeSegments = BuiltinBuilder
        .Method("unicode_segments", Category.Strings, "Splits text into what readers see as its characters (Unicode Standard Annex 29).")
        .FromConnect()
        .On(Accepts.LenientText)
        .Returns("array")
        .Parameter("segmentation_type", ParameterType.String, "grapheme.")
        .Example("", """root = this.unicode_segments("grapheme")""", ("\"ae\\u0301👩‍💻\"", "[\"a\",\"e\\u0301\",\"👩‍💻\"]"))
        .Example("", """root = this.unicode_segments("grapheme").length()""", ("\"🇩🇪🇫🇷\"", "2"))
        .Body(static (EvaluationContext context, Value target, Value kind) => kind.AsSpan().SequenceEqual("grapheme"u8)
            ? Graphemes(context, target)
            : Value.Fail($"unsupported segmentation type: {TextForm.Preview(kind)}"));

    private static Value Graphemes(EvaluationContext context, Value target)
    {
        ReadOnlySpan<char> text = target.AsHostString();
        ArrayNode segments = context.Arena.NewArray();
        while (!text.IsEmpty)
        {
            int length = StringInfo.GetNextTextElementLength(text);
            segments.Add(context.Arena.String(text[..length].ToString()));
            text = text[length..];
            if (segments.Count % LookEvery == 0 && !context.TryGrow(16L * segments.Count, out Value exceeded))
            {
                return exceeded;
            }
        }

        return Value.FromArray(segments);
    }
}
