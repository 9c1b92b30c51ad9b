using System.Buffers;
using System.Numerics;

namespace Mapping.Builtins.Encodings.Compression;

/// <summary>
/// Reads bzip2: streams of blocks, each a run-length coding, sorted by what follows each byte (Burrows-Wheeler), moved to
/// front, and Huffman coded. Broken data throws, as in the other decoders.
/// </summary>
internal sealed class Bzip2Reader(ReadOnlyMemory<byte> source, ArrayBufferWriter<byte> output)
{
    private const int GroupSize = 50;
    private const int Step = 1 << 16;
    private const ulong BlockMark = 0x314159265359;
    private const ulong EndMark = 0x177245385090;

    private readonly BitSource bits = new(source);

    // For each position of the sorted block the byte (low 8 bits) and where the byte after it is (the others).
    private uint[] chain = [];
    private int blockSize;
    private int blockLength;
    private uint at;
    private int taken;
    private int repeats;
    private int lastByte = -1;
    private uint blockChecksum;
    private uint checksum;
    private uint streamChecksum;

    public int Written => output.WrittenCount;

    /// <summary>Reads the next block; false after the last one of the last stream.</summary>
    public bool ReadBlock()
    {
        while (true)
        {
            if (blockSize == 0)
            {
                ReadHeader();
            }

            ulong mark = ((ulong)bits.Read(24) << 24) | bits.Read(24);
            uint expected = bits.Read(32);
            if (mark == BlockMark)
            {
                blockChecksum = expected;
                StartBlock();
                return true;
            }

            Require(mark == EndMark, "bad block");
            Require(expected == streamChecksum, "checksum mismatch");
            bits.Align();
            blockSize = 0;
            if (bits.IsAtEnd)
            {
                return false;
            }
        }
    }

    /// <summary>Writes a part of the block; false when all of it is written.</summary>
    public bool WriteSome()
    {
        int limit = output.WrittenCount + Step;
        while (taken < blockLength && output.WrittenCount < limit)
        {
            uint entry = chain[at];
            at = entry >> 8;
            taken++;
            byte value = (byte)entry;
            if (repeats == 4)
            {
                // After four equal bytes comes how many more of them there are.
                Emit((byte)lastByte, value);
                repeats = 0;
                lastByte = -1;
                continue;
            }

            repeats = value == lastByte ? repeats + 1 : 1;
            lastByte = value;
            Emit(value, 1);
        }

        if (output.WrittenCount >= limit)
        {
            return true;
        }

        Require(~checksum == blockChecksum, "checksum mismatch");
        streamChecksum = BitOperations.RotateLeft(streamChecksum, 1) ^ blockChecksum;
        return false;
    }

    private void ReadHeader()
    {
        Require(bits.Read(24) == 0x425A68, "bad magic value");
        blockSize = (int)bits.Read(8) - '0';
        Require(blockSize is >= 1 and <= 9, "invalid compression level");
        blockSize *= 100_000;
        streamChecksum = 0;
        if (chain.Length < blockSize)
        {
            chain = new uint[blockSize];
        }
    }

    private void StartBlock()
    {
        Require(!bits.ReadBit(), "deprecated randomized files");
        int origin = (int)bits.Read(24);
        byte[] front = ReadSymbolsInUse();
        byte[] selectors = ReadSelectors(out int codeCount);
        var codes = new PrefixCode[codeCount];
        for (int i = 0; i < codeCount; i++)
        {
            codes[i] = ReadCode(front.Length + 2);
        }

        Span<int> occurrences = stackalloc int[256];
        occurrences.Clear();
        blockLength = ReadBytes(front, selectors, codes, occurrences);
        Require(origin < blockLength || blockLength == 0, "pointer out of bounds");
        Link(occurrences);
        at = blockLength == 0 ? 0 : chain[origin] >> 8;
        taken = 0;
        repeats = 0;
        lastByte = -1;
        checksum = uint.MaxValue;
    }

    /// <summary>The bytes that occur at all, as a map of sixteen groups of sixteen.</summary>
    private byte[] ReadSymbolsInUse()
    {
        uint groups = bits.Read(16);
        var used = new List<byte>(256);
        for (int group = 0; group < 16; group++)
        {
            uint members = (groups & (0x8000u >> group)) != 0 ? bits.Read(16) : 0;
            for (int i = 0; i < 16; i++)
            {
                if ((members & (0x8000u >> i)) != 0)
                {
                    used.Add((byte)((group * 16) + i));
                }
            }
        }

        Require(used.Count > 0, "no symbols in input");
        return [.. used];
    }

    /// <summary>Which code each group of fifty symbols uses.</summary>
    private byte[] ReadSelectors(out int codeCount)
    {
        codeCount = (int)bits.Read(3);
        Require(codeCount is >= 2 and <= 6, "invalid number of Huffman trees");
        var selectors = new byte[bits.Read(15)];
        Span<byte> order = [0, 1, 2, 3, 4, 5];
        for (int i = 0; i < selectors.Length; i++)
        {
            int position = 0;
            while (bits.ReadBit())
            {
                position++;
                Require(position < codeCount, "tree index too large");
            }

            selectors[i] = ToFront(order, position);
        }

        return selectors;
    }

    private PrefixCode ReadCode(int symbolCount)
    {
        Span<byte> lengths = stackalloc byte[258];
        lengths = lengths[..symbolCount];
        int length = (int)bits.Read(5);
        for (int i = 0; i < symbolCount; i++)
        {
            while (true)
            {
                Require(length is >= 1 and <= PrefixCode.MaxLength, "Huffman length out of range");
                if (!bits.ReadBit())
                {
                    break;
                }

                length += bits.ReadBit() ? -1 : 1;
            }

            lengths[i] = (byte)length;
        }

        return new PrefixCode(lengths);
    }

    /// <summary>Undoes the Huffman coding, the runs and the moving to front; the bytes go to the low bits of the chain.</summary>
    private int ReadBytes(Span<byte> front, byte[] selectors, PrefixCode[] codes, Span<int> occurrences)
    {
        int end = front.Length + 1;
        int length = 0;
        int run = 0;
        int weight = 1;
        for (int read = 0; ; read++)
        {
            Require(read / GroupSize < selectors.Length, "insufficient selector indices");
            int symbol = codes[selectors[read / GroupSize]].Read(bits);
            if (symbol < 2)
            {
                // Digits 1 and 2 of a number of base two: how often the front byte is repeated.
                Require(weight <= blockSize, "repeat count too large");
                run += weight << symbol;
                weight <<= 1;
                continue;
            }

            Require(length + run <= blockSize, "repeats past end of block");
            chain.AsSpan(length, run).Fill(front[0]);
            occurrences[front[0]] += run;
            length += run;
            (run, weight) = (0, 1);
            if (symbol == end)
            {
                return length;
            }

            Require(length < blockSize, "data exceeds block size");
            byte value = ToFront(front, symbol - 1);
            chain[length++] = value;
            occurrences[value]++;
        }
    }

    /// <summary>The sorted block is the bytes in order; its n-th byte of a value is followed by what the n-th such byte here is.</summary>
    private void Link(Span<int> occurrences)
    {
        int start = 0;
        for (int value = 0; value < 256; value++)
        {
            (occurrences[value], start) = (start, start + occurrences[value]);
        }

        for (int i = 0; i < blockLength; i++)
        {
            chain[occurrences[(byte)chain[i]]++] |= (uint)i << 8;
        }
    }

    private void Emit(byte value, int count)
    {
        output.GetSpan(Math.Max(count, 1))[..count].Fill(value);
        output.Advance(count);
        for (int i = 0; i < count; i++)
        {
            checksum = (checksum << 8) ^ Bzip2Checksum.Table[(byte)((checksum >> 24) ^ value)];
        }
    }

    private static byte ToFront(Span<byte> order, int position)
    {
        byte value = order[position];
        order[..position].CopyTo(order[1..]);
        order[0] = value;
        return value;
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException($"bzip2 data invalid: {otherwise}");
        }
    }
}
