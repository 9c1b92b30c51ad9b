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

    /// <summary>Stores two values if they have the owners of those that they replace; a call is needed only where not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryStoreAgain(ref Value first, Value newFirst, ref Value second, Value newSecond)
    {
        if (!ReferenceEquals(first.reference, newFirst.reference) || !ReferenceEquals(second.reference, newSecond.reference))
        {
            return false;
        }

        Unsafe.AsRef(in first.bits) = newFirst.bits;
        Unsafe.AsRef(in second.bits) = newSecond.bits;
        return true;
    }
}
