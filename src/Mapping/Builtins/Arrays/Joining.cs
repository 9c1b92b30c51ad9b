using Mapping.Builtins.Objects;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary><c>append</c>, <c>concat</c>, <c>zip</c>.</summary>
internal static class Joining
{
    /// <summary>Arguments that were checked need no other state.</summary>
    private static readonly object Checked = new();

    public static readonly Builtin Append = BuiltinBuilder
        .Method("append", Category.Objects, "Adds values to the end of an array.")
        .On(Accepts.Array)
        .Returns("array")
        .Variadic()
        .Example("", "root = this.append(3, \"x\")", ("[1,2]", """[1,2,3,"x"]"""))
        .Example("An array becomes one element.", "root = this.append([3])", ("[1,2]", "[1,2,[3]]"))
        .Body(AppendAll);

    public static readonly Builtin Concat = BuiltinBuilder
        .Method("concat", Category.Objects, "Joins an array with other arrays.")
        .On(Accepts.Array)
        .Returns("array")
        .Variadic()
        .Prepare(ExpectArrays)
        .Example("", "root = this.concat([3], [4])", ("[1,2]", "[1,2,3,4]"))
        .Example("", "root = this.a.concat(this.b)", ("""{"a":[1],"b":["x"]}""", """[1,"x"]"""))
        .Body<object>(ConcatAll);

    public static readonly Builtin Zip = BuiltinBuilder
        .Method("zip", Category.Objects, "Combines arrays of the same length: the first elements, the second elements and so on.")
        .On(Accepts.Array)
        .Returns("array")
        .Variadic()
        .Prepare(ExpectArrays)
        .Example("", "root = this.a.zip(this.b)", ("""{"a":[1,2],"b":["x","y"]}""", """[[1,"x"],[2,"y"]]"""))
        .Example("The lengths must agree.", "root = this.a.zip(this.b)", ("""{"a":[1,2],"b":["x"]}""", "Error: can't zip different length array values"))
        .Body<object>(ZipAll);

    private static Preparation ExpectArrays(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].IsArray)
            {
                return Preparation.Refuse(Mismatch.Text("array", arguments[i]), i);
            }
        }

        return Preparation.Ready(Checked);
    }

    private static Value AppendAll(EvaluationContext context, Value target, ReadOnlySpan<Value> arguments)
    {
        if (!context.TryGrow(16L * (target.Count + arguments.Length), out Value exceeded))
        {
            return exceeded;
        }

        ArrayNode result = context.Arena.CopyArray(target, arguments.Length);
        foreach (Value argument in arguments)
        {
            result.Add(argument.Frozen());
        }

        return context.Checked(Value.FromArray(result));
    }

    private static Value ConcatAll(EvaluationContext context, Value target, object state, ReadOnlySpan<Value> arguments)
    {
        long count = target.Count;
        foreach (Value argument in arguments)
        {
            count += argument.Count;
        }

        if (!context.TryGrow(16 * count, out Value exceeded))
        {
            return exceeded;
        }

        ArrayNode result = context.Arena.CopyArray(target, (int)count - target.Count);
        foreach (Value argument in arguments)
        {
            result.AddElements(argument);
        }

        return Value.FromArray(result);
    }

    private static Value ZipAll(EvaluationContext context, Value target, object state, ReadOnlySpan<Value> arguments)
    {
        if (arguments.IsEmpty)
        {
            return Value.Fail("zip requires at least one argument");
        }

        foreach (Value argument in arguments)
        {
            if (argument.Count != target.Count)
            {
                return Value.Fail("can't zip different length array values");
            }
        }

        if (!context.TryGrow((16L * (arguments.Length + 1) + 64) * target.Count, out Value exceeded))
        {
            return exceeded;
        }

        ArrayNode rows = context.Arena.NewArray(target.Count);
        foreach (Value element in target.Elements)
        {
            ArrayNode row = context.Arena.NewArray(arguments.Length + 1);
            row.Add(element.Frozen());
            rows.Add(Value.FromArray(row));
        }

        foreach (Value argument in arguments)
        {
            int at = 0;
            foreach (Value element in argument.Elements)
            {
                rows[at++].ArrayNode!.Add(element.Frozen());
            }
        }

        // The rows were filled after they were added: their depth is known only now.
        foreach (Value row in rows.Items)
        {
            rows.RaiseDepth(row.Depth + 1);
        }

        return context.Checked(Value.FromArray(rows));
    }
}
