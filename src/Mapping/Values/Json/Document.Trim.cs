namespace Mapping.Values.Json;

/// <summary>A pooled document must not keep the memory of the largest text it ever saw.</summary>
internal sealed partial class Document
{
    /// <summary>Below this nothing is given back.</summary>
    private const int RoomyBytes = 1 << 20;

    private const int SmallTextsUntilTrim = 64;

    private int smallTexts;

    /// <summary>Lets go of the text; what was read from the document must not be used any more.</summary>
    public void Forget()
    {
        Buffer = [];
        Start = Length = EntryCount = rootKeysEnd = 0;
    }

    private void TrimIfOversized(int length)
    {
        int held = ApproximateBytes;

        // A usual text needs less than its tenfold.
        if (held <= RoomyBytes || length >= held / 16)
        {
            smallTexts = 0;
            return;
        }

        if (++smallTexts < SmallTextsUntilTrim)
        {
            return;
        }

        smallTexts = 0;
        Tape = [];
        KeyHashes.Trim();
        AllocateTape(SmallestTape);
        side = keptSide = null;
        large = null;
        FirstScratch = [];
        SecondScratch = [];
    }
}
