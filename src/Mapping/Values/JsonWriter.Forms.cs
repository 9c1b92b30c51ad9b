using System.Text;

namespace Mapping.Values;

/// <summary>The other forms: sorted keys, indentation, escapes for HTML. Everything is walked.</summary>
internal sealed partial class JsonWriter
{
    private readonly Stack<MemberScratch> sorting = new();

    private bool WriteFormed(Value container) => container.IsArray ? WriteFormedArray(container) : WriteFormedObject(container);

    private bool WriteFormedArray(Value array)
    {
        buffer.Append((byte)'[');
        depth++;
        bool any = false;
        foreach (Value element in array.Elements)
        {
            BeginItem(any);
            any = true;
            if (!Write(element))
            {
                return false;
            }
        }

        EndItems(any, (byte)']');
        return true;
    }

    private bool WriteFormedObject(Value value)
    {
        buffer.Append((byte)'{');
        depth++;
        bool any = false;
        if (options.SortKeys)
        {
            any = value.Count > 0;
            if (!(value.Count < KeySorting.Many ? WriteFewSorted(value) : WriteSorted(value.SortedMembers())))
            {
                return false;
            }
        }
        else
        {
            foreach (Member member in value.Members)
            {
                if (!WriteFormedMember(member, any))
                {
                    return false;
                }

                any = true;
            }
        }

        EndItems(any, (byte)'}');
        return true;
    }

    /// <summary>Without an array of their own: there are as many in use as objects around this one.</summary>
    private bool WriteFewSorted(Value value)
    {
        if (!sorting.TryPop(out MemberScratch? scratch))
        {
            scratch = new MemberScratch();
        }

        int count = 0;
        scratch.EnsureCapacity(value.Count);
        foreach (Member member in value.Members)
        {
            scratch.Members[count++] = member;
        }

        Span<Member> members = scratch.Members.AsSpan(0, count);
        KeySorting.SortFew(members);
        bool isWritten = WriteSorted(members);
        scratch.Release(count);
        sorting.Push(scratch);
        return isWritten;
    }

    private bool WriteSorted(ReadOnlySpan<Member> members)
    {
        for (int i = 0; i < members.Length; i++)
        {
            if (!WriteFormedMember(members[i], any: i > 0))
            {
                return false;
            }
        }

        return true;
    }

    private bool WriteFormedMember(Member member, bool any)
    {
        BeginItem(any);
        WriteString(member.Key);
        buffer.Append(options.Indent is null ? ":"u8 : ": "u8);
        return Write(member.Value);
    }

    private void BeginItem(bool any)
    {
        if (any)
        {
            buffer.Append((byte)',');
        }

        Break();
    }

    private void EndItems(bool any, byte closing)
    {
        depth--;
        if (any)
        {
            Break();
        }

        buffer.Append(closing);
    }

    private void Break()
    {
        if (options.Indent is not { } indent)
        {
            return;
        }

        buffer.Append((byte)'\n');
        for (int i = 0; i < depth; i++)
        {
            Encoding.UTF8.GetBytes(indent, buffer);
        }
    }
}
