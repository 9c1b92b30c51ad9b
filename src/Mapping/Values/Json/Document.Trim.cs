using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>A pooled document must not keep the memory of the largest text it ever saw.</summary>
internal sealed partial class Document
{
    /// <summary>Below this nothing is given back.</summary>
    private const int RoomyBytes = 1 << 20;

    /// <summary>Shorter texts do not need that much: a usual text needs less than its tenfold.</summary>
    private const int LongText = RoomyBytes / 16;

    private const int SmallTextsUntilTrim = 64;

    private int smallTexts;

    /// <summary>Lets go of the text; what was read from the document must not be used any more.</summary>
    public void Forget()
    {
        Buffer = [];
        Start = Length = EntryCount = rootKeysEnd = 0;
    }

    /// <summary>Counts texts that are small for the memory, which is looked at only after many short ones.</summary>
    private void NoteText(int length)
    {
        if (length >= LongText && !(ApproximateBytes is > RoomyBytes and var held && length < held / 16))
        {
            smallTexts = 0;
        }
        else if (++smallTexts == SmallTextsUntilTrim)
        {
            TrimIfOversized();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TrimIfOversized()
    {
        smallTexts = 0;
        if (ApproximateBytes <= RoomyBytes)
        {
            return;
        }

        Tape = [];
        KeyHashes.Trim();
        AllocateTape(SmallestTape);
        side = keptSide = null;
        large = null;
        FirstScratch = [];
        SecondScratch = [];
    }
}
