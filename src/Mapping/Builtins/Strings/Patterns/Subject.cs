using System.Buffers;
using System.Text;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>A text in the spelling of an <see cref="Alphabet"/>, with the way back to byte positions. Buffers are pooled.</summary>
internal ref struct Subject
{
    private readonly char[] letters;
    private readonly int[]? offsets;

    public Subject(ReadOnlySpan<byte> text, Alphabet alphabet, bool needsOffsets)
    {
        letters = ArrayPool<char>.Shared.Rent(text.Length);
        if (Ascii.ToUtf16(text, letters, out int length) == OperationStatus.Done)
        {
            Text = letters.AsSpan(0, length);
            return;
        }

        offsets = needsOffsets ? ArrayPool<int>.Shared.Rent(text.Length + 1) : null;
        length = 0;
        int at = 0;
        while (at < text.Length)
        {
            if (offsets is not null)
            {
                offsets[length] = at;
            }

            if (text[at] < 0x80)
            {
                letters[length++] = (char)text[at++];
                continue;
            }

            // An invalid byte counts as one replacement character.
            bool isValid = Rune.DecodeFromUtf8(text[at..], out Rune rune, out int consumed) == OperationStatus.Done;
            letters[length++] = alphabet.LetterOf(rune.Value);
            at += isValid ? consumed : 1;
        }

        if (offsets is not null)
        {
            offsets[length] = at;
        }

        Text = letters.AsSpan(0, length);
    }

    public ReadOnlySpan<char> Text { get; }

    /// <summary>The byte position of a character.</summary>
    public readonly int ByteOffset(int index) => offsets is null ? index : offsets[index];

    public readonly void Dispose()
    {
        ArrayPool<char>.Shared.Return(letters);
        if (offsets is not null)
        {
            ArrayPool<int>.Shared.Return(offsets);
        }
    }
}
