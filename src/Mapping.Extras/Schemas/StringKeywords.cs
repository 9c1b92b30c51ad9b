using System.Text;
using Mapping.Builtins.Strings.Patterns;
using Mapping.Extras.Schemas.Formats;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary><c>minLength</c>, <c>maxLength</c>: in characters, not bytes.</summary>
internal sealed class LengthKeyword(long least, long most) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (!value.IsText)
        {
            return;
        }

        long length = Characters(value.AsSpan());
        if (length < least)
        {
            run.Report($"string length must be greater than or equal to {least}");
        }

        if (length > most)
        {
            run.Report($"string length must be less than or equal to {most}");
        }
    }

    private static long Characters(ReadOnlySpan<byte> text)
    {
        long count = 0;
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (plain != 0)
            {
                count += plain < 0 ? text.Length : plain;
                text = plain < 0 ? [] : text[plain..];
                continue;
            }

            // An invalid byte counts as one character.
            bool isValid = Rune.DecodeFromUtf8(text, out _, out int consumed) == System.Buffers.OperationStatus.Done;
            text = text[(isValid ? consumed : 1)..];
            count++;
        }

        return count;
    }
}

/// <summary><c>pattern</c>.</summary>
internal sealed class PatternKeyword(Pattern pattern, string text) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (value.IsText && !pattern.IsMatch(value.AsSpan()))
        {
            run.Report($"does not match pattern '{text}'");
        }
    }
}

/// <summary><c>format</c>, for the formats that are known.</summary>
internal sealed class FormatKeyword(Format format, string name) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        // As in the reference, a number never has the format of a text; other types are left alone.
        if (value.IsNumber || (value.IsText && !format(value.AsSpan())))
        {
            run.Report($"does not match format '{name}'");
        }
    }
}
