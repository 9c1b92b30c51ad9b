namespace Mapping.Values;

/// <summary>Memory to lay out the members of an object in an order of their own.</summary>
internal sealed class MemberScratch
{
    private const int KeptCapacity = 16 * 1024;

    private ulong[] beginnings = [];

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

    /// <summary>Lets go of the members, and of memory that was needed only once.</summary>
    public void Release(int count)
    {
        if (Members.Length > KeptCapacity)
        {
            Members = [];
            Order = [];
            beginnings = [];
        }
        else
        {
            Array.Clear(Members, 0, count);
        }
    }
}
