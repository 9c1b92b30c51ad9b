using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Slugs;

/// <summary>A text as part of an address.</summary>
internal static class Slug
{
    /// <summary>The most ASCII characters that one character becomes.</summary>
    private const long MostGrowth = 16;

    public static Value Of(EvaluationContext context, Value text, Value language)
    {
        if (!context.TryGrow(text.TextLength * MostGrowth, out Value exceeded))
        {
            return exceeded;
        }

        IReadOnlyDictionary<int, string> replacements = Replacements.Of(language.AsHostString());
        ArrayBufferWriter<byte> slug = context.Scratch();
        bool pendingHyphen = false;
        foreach (Rune rune in text.AsHostString().Trim().EnumerateRunes())
        {
            foreach (char c in replacements.TryGetValue(rune.Value, out string? replacement) ? Letters.OfText(replacement) : Letters.Of(rune))
            {
                char lower = char.ToLowerInvariant(c);
                if (char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower) || lower == '_')
                {
                    if (pendingHyphen)
                    {
                        slug.Write("-"u8);
                        pendingHyphen = false;
                    }

                    slug.Write([(byte)lower]);
                }
                else
                {
                    // A run of anything else is one hyphen.
                    pendingHyphen = true;
                }
            }
        }

        Value result = context.FinishString();
        if (result.IsError)
        {
            return result;
        }

        ReadOnlySpan<byte> untrimmed = result.AsSpan();
        int start = untrimmed.IndexOfAnyExcept((byte)'-', (byte)'_');
        return start < 0 ? result.Slice(0, 0) : result.Slice(start, untrimmed.LastIndexOfAnyExcept((byte)'-', (byte)'_') + 1 - start);
    }
}
