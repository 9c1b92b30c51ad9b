using Mapping.Builtins.Strings.Segmentation;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>unicode_segments</c>.</summary>
internal static class Segmenting
{
    private const int LookEvery = 4096;

    public static readonly Builtin UnicodeSegments = BuiltinBuilder
        .Method("unicode_segments", Category.Strings, "Splits text into what readers see as its characters, words or sentences (Unicode Standard Annex 29); joined again, the parts give the text.")
        .FromConnect()
        .On(Accepts.LenientText)
        .Returns("array")
        .Parameter("segmentation_type", ParameterType.String, "One of grapheme, word, sentence.")
        .Example("", """root = this.unicode_segments("grapheme")""", ("\"ae\\u0301👩‍💻\"", "[\"a\",\"e\\u0301\",\"👩‍💻\"]"))
        .Example("", """root = this.unicode_segments("grapheme").length()""", ("\"🇩🇪🇫🇷\"", "2"))
        .Example("What stands between words is a part too.", """root = this.unicode_segments("word")""", ("\"Don't pay 3.50!\"", """["Don't"," ","pay"," ","3.50","!"]"""))
        .Example("Blanks stay with the sentence before them.", """root = this.unicode_segments("sentence")""", ("\"It is 3.5 km. Go on? Yes!\"", """["It is 3.5 km. ","Go on? ","Yes!"]"""))
        .Body(static (EvaluationContext context, Value target, Value kind) =>
            KindOf(kind.AsSpan()) is { } firstLength
                ? Segments(context, target.ToStringKind(), firstLength)
                : Value.Fail($"unsupported segmentation type: {TextForm.Preview(kind)}"));

    /// <summary>Bytes of the first segment of a text that is not empty.</summary>
    private delegate int FirstLength(ReadOnlySpan<byte> text);

    private static FirstLength? KindOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("grapheme"u8) => GraphemeBreaks.FirstLength,
        _ when name.SequenceEqual("word"u8) => WordBreaks.FirstLength,
        _ when name.SequenceEqual("sentence"u8) => SentenceBreaks.FirstLength,
        _ => null,
    };

    private static Value Segments(EvaluationContext context, Value text, FirstLength firstLength)
    {
        ArrayNode segments = context.Arena.NewArray();
        int at = 0;
        while (at < text.TextLength)
        {
            int length = firstLength(text.AsSpan()[at..]);
            segments.Add(text.Slice(at, length));
            at += length;
            if (segments.Count % LookEvery == 0 && !context.TryGrow(16L * segments.Count, out Value exceeded))
            {
                return exceeded;
            }
        }

        return Value.FromArray(segments);
    }
}
