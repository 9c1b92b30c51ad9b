using Mapping.Values;

namespace Mapping.Tests.Values;

/// <summary>A text is copied whole, and nothing before it changes, wherever in its array it stands and wherever it goes.</summary>
public class ByteCopyTests
{
    [Fact]
    public void Every_place_and_length_is_copied()
    {
        byte[] source = [.. Enumerable.Range(0, 70).Select(i => (byte)(i + 1))];
        for (int length = 0; length <= 40; length++)
        {
            for (int offset = 0; offset + length <= source.Length; offset++)
            {
                byte[] target = new byte[80];
                int at = offset % (target.Length - length + 1);
                Array.Fill(target, (byte)0xEE, 0, at);
                ByteCopy.Append(source, offset, length, target, at);
                Assert.True(source.AsSpan(offset, length).SequenceEqual(target.AsSpan(at, length)));
                Assert.True(target.AsSpan(0, at).IndexOfAnyExcept((byte)0xEE) < 0);
            }
        }
    }

    /// <summary>The pieces are in the memory that the text is made in, right before it.</summary>
    [Fact]
    public void A_text_is_made_of_texts_of_the_same_memory()
    {
        var arena = new Arena();
        for (int length = 0; length <= 40; length++)
        {
            Value piece = arena.String(new string('x', length) + "é");
            Value twice = Arithmetic.Concatenate(piece, piece, arena);
            Value thrice = Arithmetic.Concatenate(twice, Value.FromString("-"), piece, arena);
            string text = new string('x', length) + "é";
            Assert.Equal(text + text + "-" + text, thrice.AsHostString());
            Assert.Equal(text + text, twice.AsHostString());
            Assert.Equal(text, piece.AsHostString());
        }
    }
}
