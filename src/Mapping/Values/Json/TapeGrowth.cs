namespace Mapping.Values.Json;

/// <summary>The positions of the parser after its buffers have moved.</summary>
internal unsafe struct TapeGrowth
{
    public TapeEntry* Slot;
    public TapeEntry* Limit;
    public TapeEntry* Current;
}
