using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>A pooled document must not keep the memory of the largest text it ever saw.</summary>
internal sealed partial class Document
{
    /// <summary>Below this nothing is given back.</summary>
    private const int RoomyBytes = 1 << 20;

    /// <summary>After so many texts the memory is looked at, not for each of them.</summary>
    private const int TextsBetweenLooks = 64;

    private int textsUntilLook = TextsBetweenLooks;
    private int longestText;

    /// <summary>Lets go of the text; what was read from the document must not be used any more.</summary>
    public void Forget()
    {
        Buffer = [];
        Start = Length = EntryCount = rootKeysEnd = 0;
    }

    private void NoteText(int length)
    {
        longestText = Math.Max(longestText, length);
        if (--textsUntilLook == 0)
        {
            TrimIfOversized();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TrimIfOversized()
    {
        int held = ApproximateBytes;

        // A usual text needs less than its tenfold.
        bool isOversized = held > RoomyBytes && longestText < held / 16;
        textsUntilLook = TextsBetweenLooks;
        longestText = 0;
        if (!isOversized)
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
