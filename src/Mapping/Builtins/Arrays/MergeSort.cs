using System.Buffers;
using Mapping.Builtins.Objects;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary>Sorts by a query of the user, which may fail or contradict itself: no library sort accepts that.</summary>
internal static class MergeSort
{
    public static Value Run(EvaluationContext context, Value target, Query query)
    {
        int count = target.Count;
        if (count < 2)
        {
            return target;
        }

        ArrayNode result = context.Arena.CopyArray(target);
        Value[] spare = ArrayPool<Value>.Shared.Rent(count);
        try
        {
            Value failure = Sort(context, query, result, spare);
            return failure.IsError ? failure : Value.FromArray(result);
        }
        finally
        {
            spare.AsSpan(0, count).Clear();
            ArrayPool<Value>.Shared.Return(spare);
        }
    }

    /// <summary>From runs of one element upwards, back and forth between the two buffers.</summary>
    private static Value Sort(EvaluationContext context, Query query, ArrayNode result, Value[] spare)
    {
        int count = result.Count;
        bool inResult = true;
        for (int width = 1; width < count; width = checked(width * 2))
        {
            Span<Value> items = result.MutableItems();
            ReadOnlySpan<Value> from = inResult ? items : spare.AsSpan(0, count);
            Span<Value> to = inResult ? spare.AsSpan(0, count) : items;
            for (int low = 0; low < count; low += 2 * width)
            {
                int middle = Math.Min(low + width, count);
                int high = Math.Min(middle + width, count);
                Value failure = Merge(context, query, from[low..middle], from[middle..high], to[low..high]);
                if (failure.IsError)
                {
                    return failure;
                }
            }

            inResult = !inResult;
        }

        if (!inResult)
        {
            spare.AsSpan(0, count).CopyTo(result.MutableItems());
        }

        return default;
    }

    private static Value Merge(EvaluationContext context, Query query, ReadOnlySpan<Value> left, ReadOnlySpan<Value> right, Span<Value> to)
    {
        int at = 0;
        while (!left.IsEmpty && !right.IsEmpty)
        {
            // Asked the other way round: elements that are equal keep their order.
            Value before = query.Evaluate(context, PairKeys.LeftAndRight, right[0], left[0]);
            if (before.IsError)
            {
                return before;
            }

            if (!before.IsBool)
            {
                return Mismatch.Error("bool", before);
            }

            if (before.AsBool())
            {
                to[at++] = right[0];
                right = right[1..];
            }
            else
            {
                to[at++] = left[0];
                left = left[1..];
            }
        }

        left.CopyTo(to[at..]);
        right.CopyTo(to[(at + left.Length)..]);
        return default;
    }
}
