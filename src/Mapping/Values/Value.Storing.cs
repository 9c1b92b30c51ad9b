using System.Runtime.CompilerServices;

namespace Mapping.Values;

/// <summary>Storing values in memory that is used again.</summary>
internal readonly partial struct Value
{
    /// <summary>
    /// Replaces a value by one that mostly has the same owner: storing a reference costs more than seeing that it is there already.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref Value place, Value value)
    {
        if (!ReferenceEquals(place.reference, value.reference))
        {
            Unsafe.AsRef(in place.reference) = value.reference;
        }

        Unsafe.AsRef(in place.bits) = value.bits;
    }

    /// <summary>As <see cref="Store"/> with a text over bytes that nobody changes any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreText(ref Value place, byte[] owner, int offset, int length, bool isBytes)
    {
        if (!ReferenceEquals(place.reference, owner))
        {
            Unsafe.AsRef(in place.reference) = owner;
        }

        Unsafe.AsRef(in place.bits) = Pack(isBytes ? ValueKind.Bytes : ValueKind.String, offset, length);
    }
}
