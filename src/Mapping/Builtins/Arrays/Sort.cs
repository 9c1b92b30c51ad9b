using System.Buffers;
using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary><c>sort</c>, <c>sort_by</c>. Both are stable.</summary>
internal static class Sort
{
    public static readonly Builtin Plain = BuiltinBuilder
        .Method("sort", Category.Objects, "Sorts an array of numbers or of strings, or by a comparison of one's own.")
        .Flow(ValueFlow.ComparesElements)
        .On(Accepts.Array)
        .Returns("array")
        .OptionalQuery("compare", "Sees the members `left` and `right` and gives true if left comes before right.", PairKeys.LeftAndRight)
        .Example("", "root = this.sort()", ("[3,1.5,2]", "[1.5,2,3]"), ("""["b","B","a"]""", """["B","a","b"]"""))
        .Example("Descending.", "root = this.sort(pair -> pair.left > pair.right)", ("[1,3,2]", "[3,2,1]"))
        .Body(Run);

    public static readonly Builtin By = BuiltinBuilder
        .Method("sort_by", Category.Objects, "Sorts an array by a number or string found for each element.")
        .Flow(ValueFlow.ArrangesElements)
        .On(Accepts.Array)
        .Returns("array")
        .Parameter("query", ParameterType.Query, "Gives the number or string to sort an element by.")
        .Example("", "root = this.sort_by(item -> item.id)", ("""[{"id":2},{"id":1}]""", """[{"id":1},{"id":2}]"""))
        .Example("Descending.", "root = this.sort_by(n -> -n)", ("[1,3,2]", "[3,2,1]"))
        .Body(RunBy);

    private const int FewTexts = 32;

    private static Value Run(EvaluationContext context, Value target, Value compare) =>
        compare.IsAbsent ? Sorted(context, target, null, "sort") : MergeSort.Run(context, target, compare.AsQuery<Query>());

    private static Value RunBy(EvaluationContext context, Value target, Value query) => Sorted(context, target, query.AsQuery<Query>(), "sort_by");

    private static Value Sorted(EvaluationContext context, Value target, Query? query, string name)
    {
        int count = target.Count;
        if (count < 2)
        {
            // A single element is never compared, so it may be anything.
            return target;
        }

        if (query is null && count <= FewTexts && FewTextsSorted(context, target, count) is { } sorted)
        {
            return Value.FromArray(sorted);
        }

        Entry[] entries = ArrayPool<Entry>.Shared.Rent(count);
        try
        {
            Value failure = Fill(context, target, query, name, entries.AsSpan(0, count));
            if (failure.IsError)
            {
                return failure;
            }

            Order(entries.AsSpan(0, count));
            ArrayNode result = context.Arena.NewArray(count);
            foreach (ref readonly Entry entry in entries.AsSpan(0, count))
            {
                result.Add(entry.Element.Frozen());
            }

            return Value.FromArray(result);
        }
        finally
        {
            entries.AsSpan(0, count).Clear();
            ArrayPool<Entry>.Shared.Return(entries);
        }
    }

    /// <summary>Finds the key of each element once; all must be numbers, or all texts.</summary>
    private static Value Fill(EvaluationContext context, Value target, Query? query, string name, Span<Entry> entries)
    {
        int position = 0;
        bool numbers = false;
        foreach (Value element in target.Elements)
        {
            Value key = query is null ? element : query.Evaluate(context, element);
            if (key.IsError)
            {
                return key.AsError().Within($"{name} element {position}: ", $"{position}");
            }

            key = key.Normalized();
            if (!key.IsNumber && !key.IsText)
            {
                return Mismatch.ErrorAt($"{name} element {position}", position == 0 ? "number or string" : numbers ? "number" : "string", key);
            }

            if (position == 0)
            {
                numbers = key.IsNumber;
            }
            else if (key.IsNumber != numbers)
            {
                return Mismatch.ErrorAt($"{name} element {position}", numbers ? "number" : "string", key);
            }

            entries[position] = new Entry(key, element, position);
            position++;
        }

        return default;
    }

    /// <summary>Equal keys are told apart by their position, which makes any sort stable.</summary>
    private static void Order(Span<Entry> entries)
    {
        if (entries[0].Key.IsNumber)
        {
            entries.Sort(static (a, b) =>
            {
                int order = NumberOrder.Compare(a.Key, b.Key);
                return order != 0 ? order : a.Position.CompareTo(b.Position);
            });
        }
        else
        {
            entries.Sort(static (a, b) =>
            {
                int order = a.Key.AsSpan().SequenceCompareTo(b.Key.AsSpan());
                return order != 0 ? order : a.Position.CompareTo(b.Position);
            });
        }
    }

    /// <summary>By insertion; the first eight bytes decide unless they are equal. Null if not all are texts.</summary>
    [SkipLocalsInit]
    private static ArrayNode? FewTextsSorted(EvaluationContext context, Value target, int count)
    {
        Span<ulong> beginnings = stackalloc ulong[FewTexts];
        ArrayNode result = context.Arena.NewArray(count);
        foreach (Value text in target.Elements)
        {
            if (!text.IsText)
            {
                return null;
            }

            ulong beginning = TextOrder.Beginning(text.AsSpan());
            int at = result.Count;
            result.Add(text);
            Span<Value> items = result.MutableItems();
            while (at > 0 && (beginnings[at - 1] > beginning
                || (beginnings[at - 1] == beginning && items[at - 1].AsSpan().SequenceCompareTo(text.AsSpan()) > 0)))
            {
                beginnings[at] = beginnings[at - 1];
                items[at] = items[at - 1];
                at--;
            }

            beginnings[at] = beginning;
            items[at] = text;
        }

        return result;
    }

    private readonly record struct Entry(Value Key, Value Element, int Position);
}
