using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>Members that the mapping made. Each is written with a comma behind it, and the last comma becomes the end of the object.</summary>
internal sealed partial class JsonWriter
{
    private bool WriteObject(ObjectNode node)
    {
        buffer.Append((byte)'{');
        return WriteMembers(node.Slots);
    }

    /// <summary>The members of an object, or the last ones, and its end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteMembers(ReadOnlySpan<Member> members)
    {
        Utf8Buffer target = buffer;
        ref Member member = ref MemoryMarshal.GetReference(members);
        ref Member behind = ref Unsafe.Add(ref member, members.Length);
        while (Unsafe.IsAddressLessThan(ref member, ref behind))
        {
            // Usual members, short ones, are written as vectors, and what was written is claimed once for many of them.
            ref byte place = ref target.Room(ShortText.MemberRoom);
            ref byte last = ref target.LastRoom(ShortText.MemberRoom);
            do
            {
                Value key = Value.Load(ref member.Key);
                if (key.IsNull || !ShortText.TryWriteKey(key, ref place, out int written))
                {
                    break;
                }

                place = ref Unsafe.Add(ref place, (uint)written);
                if (!ShortText.TryWrite(Value.Load(ref member.Value), ref place, out written))
                {
                    break;
                }

                place = ref Unsafe.Add(ref place, (uint)written);
                place = (byte)',';
                place = ref Unsafe.Add(ref place, 1);
                member = ref Unsafe.Add(ref member, 1);
            }
            while (Unsafe.IsAddressLessThan(ref member, ref behind) && !Unsafe.IsAddressGreaterThan(ref place, ref last));

            target.ClaimUpTo(ref place);
            if (Unsafe.IsAddressLessThan(ref member, ref behind))
            {
                if (!WriteMember(in member))
                {
                    return false;
                }

                member = ref Unsafe.Add(ref member, 1);
            }
        }

        if (target.Last == (byte)',')
        {
            target.Last = (byte)'}';
        }
        else
        {
            target.Append((byte)'}');
        }

        return true;
    }

    /// <summary>Any member or gap. Its key may have been written already: then there is a colon.</summary>
    private bool WriteMember(ref readonly Member member)
    {
        if (buffer.Last != (byte)':')
        {
            if (member.Key.IsNull)
            {
                return true;
            }

            WriteKey(Value.Load(in member.Key));
        }

        Value value = Value.Load(in member.Value);
        bool isNear = ((nesting + 1) & (LevelsBetweenStackLooks - 1)) != 0;
        bool isWritten = isNear && value.ObjectNode is { Original: null } nested ? WriteWithin(nested) : WriteMore(value);
        buffer.Append((byte)',');
        return isWritten;
    }

    /// <summary>An object within another, not so deep that the stack has to be looked at.</summary>
    private bool WriteWithin(ObjectNode nested)
    {
        nesting++;
        bool isWritten = WriteObject(nested);
        nesting--;
        return isWritten;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteMore(Value value) => Write(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteKey(Value key)
    {
        JsonText.WriteString(key.AsSpan(), buffer, escapeHtml: false);
        buffer.Append((byte)':');
    }
}
