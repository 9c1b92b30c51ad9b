using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>has_prefix</c>, <c>has_suffix</c>, <c>index_of</c>, <c>contains</c>.</summary>
internal static class Searching
{
    public static readonly Builtin HasPrefix = BuiltinBuilder
        .Method("has_prefix", Category.Strings, "Tells whether a string starts with a text.")
        .On(Accepts.Text)
        .Returns("bool")
        .Parameter("value", ParameterType.String, "The text to look for.")
        .Example("", """root.t = this.v.has_prefix("foo")""", ("""{"v":"foobar"}""", """{"t":true}"""), ("""{"v":"barfoo"}""", """{"t":false}"""))
        .Example("Every string starts with the empty text.", """root = this.has_prefix("")""", ("\"x\"", "true"))
        .Body(static (_, target, value) => Value.FromBool(target.AsSpan().StartsWith(value.AsSpan())));

    public static readonly Builtin HasSuffix = BuiltinBuilder
        .Method("has_suffix", Category.Strings, "Tells whether a string ends with a text.")
        .On(Accepts.Text)
        .Returns("bool")
        .Parameter("value", ParameterType.String, "The text to look for.")
        .Example("", """root.t = this.v.has_suffix("foo")""", ("""{"v":"foobar"}""", """{"t":false}"""), ("""{"v":"barfoo"}""", """{"t":true}"""))
        .Example("Selects files by their extension.", """root = this.filter(f -> f.has_suffix(".csv"))""", ("""["a.csv","b.txt"]""", """["a.csv"]"""))
        .Body(static (_, target, value) => Value.FromBool(target.AsSpan().EndsWith(value.AsSpan())));

    public static readonly Builtin IndexOf = BuiltinBuilder
        .Method("index_of", Category.Strings, "Gives the position, in bytes, of the first occurrence of a text in a string, or -1.")
        .On(Accepts.Text)
        .Returns("integer")
        .Parameter("value", ParameterType.String, "The text to look for.")
        .Example("", """root.at = this.thing.index_of("bar")""", ("""{"thing":"foobar"}""", """{"at":3}"""), ("""{"thing":"foo"}""", """{"at":-1}"""))
        .Example("Positions count bytes, as slice does.", """root = this.slice(0, this.index_of("@"))""", ("\"zoë@example.org\"", "zoë"))
        .Body(static (_, target, value) => Value.FromInt64(target.AsSpan().IndexOf(value.AsSpan())));

    public static readonly Builtin Contains = BuiltinBuilder
        .Method("contains", Category.Objects, "Tells whether a string contains a text, or an array or object a value.")
        .On(Accepts.Text | Accepts.Array | Accepts.Object)
        .Returns("bool")
        .Parameter("value", ParameterType.Any, "The text or value to look for; in a string the text form of a value of another type.")
        .Example("", """root.has_foo = this.thing.contains("foo")""", ("""{"thing":"a foo b"}""", """{"has_foo":true}"""), ("""{"thing":"bar"}""", """{"has_foo":false}"""))
        .Example("Elements of an array are compared as by ==.", "root = this.contains(3)", ("[1,2,3]", "true"), ("""["3"]""", "false"))
        .Example("The values of an object, not its keys.", """root = this.contains("a")""", ("""{"k":"a"}""", "true"), ("""{"a":"k"}""", "false"))
        .Body(static (context, target, value) => Value.FromBool(target.Kind switch
        {
            ValueKind.Array => ArrayContains(target, value),
            ValueKind.Object => ObjectContains(target, value),
            _ => TextContains(context, target.AsSpan(), value),
        }));

    private static bool ArrayContains(Value array, Value value)
    {
        foreach (Value element in array.Elements)
        {
            if (Comparison.AreEqual(value, element))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ObjectContains(Value container, Value value)
    {
        foreach (Member member in container.Members)
        {
            if (Comparison.AreEqual(value, member.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TextContains(EvaluationContext context, ReadOnlySpan<byte> text, Value value)
    {
        if (value.IsText)
        {
            return text.IndexOf(value.AsSpan()) >= 0;
        }

        ArrayBufferWriter<byte> needle = context.Scratch();
        TextForm.Write(value, needle);
        return text.IndexOf(needle.WrittenSpan) >= 0;
    }
}
