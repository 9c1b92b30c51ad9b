namespace Mapping.Values;

/// <summary>Memory to lay out the members of an object in an order of their own.</summary>
internal sealed class MemberScratch
{
    private const int KeptCapacity = 4096;

    public Member[] Members { get; private set; } = [];

    public int[] Order { get; private set; } = [];

    public ulong[] Beginnings { get; private set; } = [];

    public void EnsureCapacity(int count)
    {
        if (Members.Length < count)
        {
            int size = Math.Max(16, count);
            Members = new Member[size];
            Order = new int[size];
            Beginnings = new ulong[size];
        }
    }

    /// <summary>Lets go of the members, and of memory that was needed only once.</summary>
    public void Release(int count)
    {
        if (Members.Length > KeptCapacity)
        {
            Members = [];
            Order = [];
            Beginnings = [];
        }
        else
        {
            Array.Clear(Members, 0, count);
        }
    }
}
