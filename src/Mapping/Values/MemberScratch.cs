namespace Mapping.Values;

/// <summary>Memory to lay out the members of an object in an order of their own.</summary>
internal sealed class MemberScratch
{
    private const int KeptCapacity = 4096;
    private const int SmallUsesUntilTrim = 64;

    private ulong[] beginnings = [];
    private int smallUses;

    public Member[] Members { get; private set; } = [];

    public int[] Order { get; private set; } = [];

    /// <summary>As many as members; there once they are asked for, since many objects are in order already.</summary>
    public ulong[] Beginnings => beginnings.Length == Members.Length ? beginnings : beginnings = new ulong[Members.Length];

    public void EnsureCapacity(int count)
    {
        if (Members.Length < count)
        {
            int size = Math.Max(16, count);
            Members = new Member[size];
            Order = new int[size];
        }
    }

    /// <summary>Lets go of the members, and of memory that was not needed for some time.</summary>
    public void Release(int count)
    {
        Array.Clear(Members, 0, count);
        smallUses = count < Members.Length / 8 ? smallUses + 1 : 0;
        if (Members.Length > KeptCapacity && smallUses > SmallUsesUntilTrim)
        {
            smallUses = 0;
            Members = [];
            Order = [];
            beginnings = [];
        }
    }
}
