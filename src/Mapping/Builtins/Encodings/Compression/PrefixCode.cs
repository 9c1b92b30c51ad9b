namespace Mapping.Builtins.Encodings.Compression;

/// <summary>A canonical Huffman code: shorter codes first, symbols of one length in order.</summary>
internal sealed class PrefixCode
{
    public const int MaxLength = 20;

    private readonly int[] counts = new int[MaxLength + 1];
    private readonly int[] symbols;

    public PrefixCode(ReadOnlySpan<byte> lengths)
    {
        symbols = new int[lengths.Length];
        Span<int> starts = stackalloc int[MaxLength + 2];
        foreach (byte length in lengths)
        {
            counts[length]++;
        }

        for (int length = 1; length <= MaxLength; length++)
        {
            starts[length + 1] = starts[length] + counts[length];
        }

        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            symbols[starts[lengths[symbol]]++] = symbol;
        }
    }

    public int Read(BitSource source)
    {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MaxLength; length++)
        {
            code = (code << 1) | (int)source.Read(1);
            int count = counts[length];
            if (code - first < count)
            {
                return code < first ? throw new InvalidDataException("bzip2 data invalid: broken code") : symbols[index + code - first];
            }

            index += count;
            first = (first + count) << 1;
        }

        throw new InvalidDataException("bzip2 data invalid: broken code");
    }
}
