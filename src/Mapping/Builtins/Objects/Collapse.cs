using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary><c>collapse</c>.</summary>
internal static class Collapse
{
    public static readonly Builtin Declaration = BuiltinBuilder
        .Method("collapse", Category.Objects, "Turns nested objects and arrays into one flat object whose keys are paths.")
        .On(Accepts.Array | Accepts.Object)
        .Returns("object")
        .Parameter("include_empty", ParameterType.Bool, "Keep empty objects and arrays, which are dropped otherwise.", Value.False)
        .Example("", "root = this.collapse()", ("""{"a":[{"b":1},{"b":2}]}""", """{"a.0.b":1,"a.1.b":2}"""))
        .Example("", "root = this.collapse(include_empty: true)", ("""{"a":{},"b":[]}""", """{"a":{},"b":[]}"""))
        .Body(Run);

    private static Value Run(EvaluationContext context, Value target, Value includeEmpty)
    {
        var walk = new Walk(context, includeEmpty.IsTrue);
        Value failure = walk.Enter(target);
        return failure.IsError ? failure : context.Checked(Value.FromObject(walk.Result));
    }

    private sealed class Walk(EvaluationContext context, bool includeEmpty)
    {
        private byte[] path = new byte[64];
        private int length;

        public ObjectNode Result { get; } = context.Arena.NewObject();

        public Value Enter(Value container)
        {
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                return Text.DeepStack.Run(() => Enter(container));
            }

            return container.IsArray ? EnterArray(container) : EnterObject(container);
        }

        private Value EnterObject(Value container)
        {
            // In order of the keys: of two members that collapse to the same path the later one stays.
            using var members = new OrderedMembers(context, container);
            foreach (Member member in members.Sorted)
            {
                Value failure = Visit(member.Key.AsSpan(), member.Value);
                if (failure.IsError)
                {
                    return failure;
                }
            }

            return default;
        }

        private Value EnterArray(Value container)
        {
            Span<byte> digits = stackalloc byte[12];
            int position = 0;
            foreach (Value element in container.Elements)
            {
                Utf8Formatter.TryFormat(position++, digits, out int written);
                Value failure = Visit(digits[..written], element);
                if (failure.IsError)
                {
                    return failure;
                }
            }

            return default;
        }

        private Value Visit(ReadOnlySpan<byte> segment, Value value)
        {
            int before = length;
            if (length > 0)
            {
                Append("."u8);
            }

            Append(segment);
            Value failure = default;
            if (!value.IsContainer || (value.Count == 0 && includeEmpty))
            {
                // Each leaf repeats its whole path, so the result can be far larger than the source.
                if (!context.TryGrow(length + 32, out failure))
                {
                    return failure;
                }

                Result.Set(context.Arena.String(path.AsSpan(0, length)), value.Frozen());
            }
            else
            {
                failure = Enter(value);
            }

            length = before;
            return failure;
        }

        private void Append(ReadOnlySpan<byte> text)
        {
            if (path.Length - length < text.Length)
            {
                Array.Resize(ref path, Math.Max(path.Length * 2, length + text.Length));
            }

            text.CopyTo(path.AsSpan(length));
            length += text.Length;
        }
    }
}
