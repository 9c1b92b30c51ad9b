using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary><c>diff</c>.</summary>
internal static class Difference
{
    public static readonly Builtin Diff = BuiltinBuilder
        .Method("diff", Category.Objects, "Lists the changes that lead from a value to another one. Arrays are compared without regard to the order of their elements.")
        .FromConnect()
        .Returns("array or null")
        .Parameter("other", ParameterType.Any, "The value after the changes.")
        .Example(
            "",
            "root = this.before.diff(this.after)",
            ("""{"before":{"a":1,"b":2},"after":{"a":1,"b":3,"c":4}}""", """[{"Type":"update","Path":["b"],"From":2,"To":3},{"Type":"create","Path":["c"],"From":null,"To":4}]"""))
        .Example(
            "What is found elsewhere in the other array has not changed.",
            "root = this.before.diff(this.after)",
            ("""{"before":["x","y"],"after":["y","x","z"]}""", """[{"Type":"create","Path":["2"],"From":null,"To":"z"}]"""))
        .Body(static (EvaluationContext context, Value target, Value other) => Compare(context, target, other));

    private static Value Compare(EvaluationContext context, Value target, Value other)
    {
        if (target.IsNull)
        {
            return target;
        }

        if (target.IsSentinel || other.IsSentinel)
        {
            return Mismatch.Error("any", target.IsSentinel ? target : other);
        }

        var walk = new Walk(context);
        Value failure = walk.Visit(target, other);
        return failure.IsError ? failure : context.Checked(walk.Result());
    }

    private sealed class Walk(EvaluationContext context)
    {
        private readonly List<Value> path = [];
        private readonly List<(string Place, Value Change)> changes = [];

        public Value Result()
        {
            ArrayNode list = context.Arena.NewArray(changes.Count);
            foreach ((_, Value change) in changes.OrderBy(c => c.Place, StringComparer.Ordinal))
            {
                list.Add(change);
            }

            return Value.FromArray(list);
        }

        /// <summary>An error value, or anything else when all went well.</summary>
        public Value Visit(Value from, Value to)
        {
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                return Text.DeepStack.Run(() => Visit(from, to));
            }

            if (!context.TryStep(out Value exceeded))
            {
                return exceeded;
            }

            if (from.IsNull || to.IsNull)
            {
                return from.IsNull && to.IsNull ? default : Add(ChangeKeys.Update, from, to);
            }

            if (KindOf(from) != KindOf(to))
            {
                return Value.Fail($"types do not match: {from.TypeName} and {to.TypeName} at \"{Place()}\"");
            }

            return from.Kind switch
            {
                ValueKind.Array => VisitArrays(from, to),
                ValueKind.Object => VisitObjects(from, to),
                _ => AreEqual(from, to) ? default : Add(ChangeKeys.Update, from, to),
            };
        }

        private Value VisitObjects(Value from, Value to)
        {
            foreach (Member member in from.Members)
            {
                path.Add(member.Key);
                Value outcome = to.TryGetMember(member.Key.AsSpan(), out Value there)
                    ? Visit(member.Value, there)
                    : Add(ChangeKeys.Delete, member.Value, Value.Null);
                path.RemoveAt(path.Count - 1);
                if (outcome.IsError)
                {
                    return outcome;
                }
            }

            foreach (Member member in to.Members)
            {
                if (!from.TryGetMember(member.Key.AsSpan(), out _))
                {
                    path.Add(member.Key);
                    Value outcome = Add(ChangeKeys.Create, Value.Null, member.Value);
                    path.RemoveAt(path.Count - 1);
                    if (outcome.IsError)
                    {
                        return outcome;
                    }
                }
            }

            return default;
        }

        private Value VisitArrays(Value from, Value to)
        {
            Value?[] gone = OnlyIn(from, to);
            Value?[] added = OnlyIn(to, from);
            for (int i = 0; i < Math.Max(gone.Length, added.Length); i++)
            {
                Value? before = i < gone.Length ? gone[i] : null;
                Value? after = i < added.Length ? added[i] : null;
                if (before is null && after is null)
                {
                    continue;
                }

                path.Add(context.Arena.String(i.ToString(CultureInfo.InvariantCulture)));
                Value outcome = (before, after) switch
                {
                    ({ } old, { } current) => Visit(old, current),
                    ({ } old, null) => Add(ChangeKeys.Delete, old, Value.Null),
                    _ => Add(ChangeKeys.Create, Value.Null, after!.Value),
                };
                path.RemoveAt(path.Count - 1);
                if (outcome.IsError)
                {
                    return outcome;
                }
            }

            return default;
        }

        /// <summary>The elements without a partner in the other array, at their positions; each element is a partner once.</summary>
        private static Value?[] OnlyIn(Value array, Value other)
        {
            var partners = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (Value element in other.Elements)
            {
                string text = Canonical(element);
                partners[text] = partners.GetValueOrDefault(text) + 1;
            }

            var alone = new Value?[array.Count];
            int position = 0;
            foreach (Value element in array.Elements)
            {
                string text = Canonical(element);
                int left = partners.GetValueOrDefault(text);
                partners[text] = Math.Max(0, left - 1);
                alone[position++] = left > 0 ? null : element;
            }

            return alone;
        }

        /// <summary>Equal for equal values. Without JSON (NaN) only the kind is known, and the comparison by position decides.</summary>
        private static string Canonical(Value value)
        {
            var json = new ArrayBufferWriter<byte>();
            return JsonWriter.TryWrite(value, json, JsonWriterOptions.Text) ? Encoding.Latin1.GetString(json.WrittenSpan) : Guid.NewGuid().ToString();
        }

        private Value Add(Value type, Value from, Value to)
        {
            if (!context.TryGrow(16L * changes.Count, out Value exceeded) || !context.TryStep(out exceeded))
            {
                return exceeded;
            }

            ArrayNode steps = context.Arena.NewArray(path.Count);
            foreach (Value step in path)
            {
                steps.Add(step);
            }

            ObjectNode change = context.Arena.NewObject(4);
            change.AddNew(ChangeKeys.Type, type);
            change.AddNew(ChangeKeys.Path, Value.FromArray(steps));
            change.AddNew(ChangeKeys.From, from.Frozen());
            change.AddNew(ChangeKeys.To, to.Frozen());
            changes.Add((Place(), Value.FromObject(change)));
            return default;
        }

        // Latin-1 keeps the order of the bytes.
        private string Place() => string.Join('.', path.Select(p => Encoding.Latin1.GetString(p.AsSpan())));

        // Numbers of the input count by their spelling, as text does.
        private static ValueKind KindOf(Value value) => value.IsLexical ? ValueKind.String : value.Kind;

        private static bool AreEqual(Value left, Value right) =>
            KindOf(left) == ValueKind.String ? left.AsSpan().SequenceEqual(right.AsSpan()) : Comparison.AreEqual(left, right);
    }
}
