using System.Runtime.InteropServices;

namespace Mapping.Values.Json;

/// <summary>
/// One value (or key) of the tape. <see cref="Offset"/> and <see cref="Length"/> cover the token as written, with quotes or brackets.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct TapeEntry
{
    public const int KindMask = 7;

    /// <summary>Strings: the content differs from the text between the quotes. Objects: a key occurs twice.</summary>
    public const int Special = 8;

    /// <summary>The text cannot be copied to an output as it stands.</summary>
    public const int Unclean = 16;

    /// <summary>Strings only: some bytes are not UTF-8.</summary>
    public const int Invalid = 32;

    private const int StrangersMark = -1;

    public const int CountShift = 5;

    /// <summary>Counts of containers, numbers of keys in <see cref="KnownKeys"/>.</summary>
    public const uint NumberMask = ~0u << CountShift;

    /// <summary>Keeps every count within the bits of <see cref="Meta"/> and the tape below 2 GiB.</summary>
    public const int MaxEntries = (1 << (32 - CountShift)) - 1;

    /// <summary>In the buffer, not in the document.</summary>
    public int Offset;

    /// <summary>Bytes of the token; while a container is open, the number of its finished elements.</summary>
    public int Length;

    /// <summary>
    /// Containers: the tape index after the subtree, while open the index of the parent. Special strings: the offset of the decoded form in
    /// the side buffer. Known keys: their distance from the object. Other keys: their <see cref="KeyHash"/>.
    /// </summary>
    public int Next;

    /// <summary>
    /// Kind, flags and, for containers, the count, for known keys their number. While a container is open, the number of the key it belongs
    /// to, and <see cref="Special"/> if its keys may repeat.
    /// </summary>
    public uint Meta;

    public readonly JsonKind Kind => (JsonKind)(Meta & KindMask);

    public readonly bool IsContainer => (Meta & KindMask) >= (uint)JsonKind.Array;

    /// <summary>Of a container that is open: whether it is an object.</summary>
    public readonly bool IsOpenObject => (Meta & 1) != 0;

    /// <summary>Of the first key of an object: some of the keys are unknown, so those that are known do not tell which are absent.</summary>
    public void MarkStrangers()
    {
        if (Meta >> CountShift > KnownKeys.LastRoot)
        {
            Next = StrangersMark;
        }
    }

    /// <summary>Of the first key of an object: all of the keys are known.</summary>
    public readonly bool IsAmongKnown => Next == 1 && Meta >> CountShift > KnownKeys.LastRoot;

    public readonly bool Has(int flag) => (Meta & (uint)flag) != 0;
}
