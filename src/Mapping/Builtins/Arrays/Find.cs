using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary><c>find</c>, <c>find_all</c>, <c>find_by</c>, <c>find_all_by</c>.</summary>
internal static class Find
{
    public static readonly Builtin First = BuiltinBuilder
        .Method("find", Category.Objects, "Gives the position of the first element equal to a value, or -1.")
        .On(Accepts.Array)
        .Returns("int64")
        .Status(BuiltinStatus.Beta)
        .Parameter("value", ParameterType.Any, "The value to look for.")
        .Example("", "root = this.find(\"b\")", ("""["a","b","b"]""", "1"))
        .Example("", "root = this.find(\"z\")", ("""["a","b"]""", "-1"))
        .Body(static (context, target, value) => Equal(context, target, value, all: false));

    public static readonly Builtin Every = BuiltinBuilder
        .Method("find_all", Category.Objects, "Gives the positions of all elements equal to a value.")
        .On(Accepts.Array)
        .Returns("array")
        .Status(BuiltinStatus.Beta)
        .Parameter("value", ParameterType.Any, "The value to look for.")
        .Example("", "root = this.find_all(\"b\")", ("""["a","b","b"]""", "[1,2]"))
        .Example("", "root = this.find_all(\"z\")", ("""["a","b"]""", "[]"))
        .Body(static (context, target, value) => Equal(context, target, value, all: true));

    public static readonly Builtin FirstBy = BuiltinBuilder
        .Method("find_by", Category.Objects, "Gives the position of the first element for which a query gives true, or -1.")
        .Flow(ValueFlow.TestsElements)
        .On(Accepts.Array)
        .Returns("int64")
        .Status(BuiltinStatus.Beta)
        .Parameter("query", ParameterType.Query, "Must give a bool.")
        .Example("", "root = this.find_by(n -> n > 1)", ("[1,2,3]", "1"))
        .Example("", "root = this.find_by(n -> n > 5)", ("[1,2,3]", "-1"))
        .Body(static (context, target, query) => Matching(context, target, query.AsQuery<Query>(), all: false));

    public static readonly Builtin EveryBy = BuiltinBuilder
        .Method("find_all_by", Category.Objects, "Gives the positions of all elements for which a query gives true.")
        .Flow(ValueFlow.TestsElements)
        .On(Accepts.Array)
        .Returns("array")
        .Status(BuiltinStatus.Beta)
        .Parameter("query", ParameterType.Query, "Must give a bool.")
        .Example("", "root = this.find_all_by(n -> n > 1)", ("[1,2,3]", "[1,2]"))
        .Example("", "root = this.find_all_by(n -> n > 5)", ("[1,2,3]", "[]"))
        .Body(static (context, target, query) => Matching(context, target, query.AsQuery<Query>(), all: true));

    private static Value Equal(EvaluationContext context, Value target, Value value, bool all)
    {
        ArrayNode? found = all ? context.Arena.NewArray() : null;
        long position = 0;
        foreach (Value element in target.Elements)
        {
            // The wanted value is the left side: `true` finds 1, but 1 does not find `true`.
            if (Comparison.AreEqual(value, element))
            {
                if (found is null)
                {
                    return Value.FromInt64(position);
                }

                found.Add(Value.FromInt64(position));
            }

            position++;
        }

        return found is null ? Value.FromInt64(-1) : Value.FromArray(found);
    }

    private static Value Matching(EvaluationContext context, Value target, Query query, bool all)
    {
        ArrayNode? found = all ? context.Arena.NewArray() : null;
        long position = 0;
        foreach (Value element in target.Elements)
        {
            Value test = query.Evaluate(context, element);
            if (test.IsError)
            {
                return test.AsError().Within($"query returned an error for index {position}: ", $"{position}");
            }

            if (!test.IsBool)
            {
                return Mismatch.ErrorAt($"query returned a non-boolean value for index {position}", "bool", test);
            }

            if (test.AsBool())
            {
                if (found is null)
                {
                    return Value.FromInt64(position);
                }

                found.Add(Value.FromInt64(position));
            }

            position++;
        }

        return found is null ? Value.FromInt64(-1) : Value.FromArray(found);
    }
}
