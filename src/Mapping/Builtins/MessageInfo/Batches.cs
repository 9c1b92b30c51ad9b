using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.MessageInfo;

/// <summary><c>batch_index</c>, <c>batch_size</c>, <c>from</c>, <c>from_all</c>.</summary>
internal static class Batches
{
    public static readonly Builtin Index = BuiltinBuilder
        .Function("batch_index", Category.MessageInfo, "Gives the position of the message in its batch, from zero.")
        .Returns("int64")
        .Example("", "root = batch_index()", ("{}", "0"))
        .Example("Keep the first of a batch.", "root = if batch_index() > 0 { deleted() }", ("{}", "{}"))
        .FunctionBody(static context => Value.FromInt64(context.Index));

    public static readonly Builtin Size = BuiltinBuilder
        .Function("batch_size", Category.MessageInfo, "Gives the number of messages in the batch.")
        .Returns("int64")
        .Example("", "root = batch_size()", ("{}", "1"))
        .Example("", "root = batch_index() == batch_size() - 1", ("{}", "true"))
        .FunctionBody(static context => Value.FromInt64(context.Batch.Count));

    public static readonly Builtin From = BuiltinBuilder
        .Method("from", Category.General, "Evaluates the target for another message of the batch.")
        .LazyTarget()
        .Parameter("index", ParameterType.Int64, "The position of the message; a negative one counts from the end.")
        .Example("", "root = json(\"a\").from(0)", ("""{"a":5}""", "5"))
        .Example("There is no such message.", "root = json(\"a\").from(3).catch(\"none\")", ("""{"a":5}""", "none"))
        .Body(ForOne);

    public static readonly Builtin FromAll = BuiltinBuilder
        .Method("from_all", Category.General, "Evaluates the target for each message of the batch.")
        .LazyTarget()
        .Returns("array")
        .Example("", "root = json(\"a\").from_all()", ("""{"a":5}""", "[5]"))
        .Example("", "root = batch_index().from_all()", ("{}", "[0]"))
        .Body(ForAll);

    private static Value ForOne(EvaluationContext context, Value target, Value argument)
    {
        long index = argument.AsInt64();
        index = index < 0 ? index + context.Batch.Count : index;

        // Outside of the batch there is an empty message.
        return At(context, target.AsQuery<Query>(), index < 0 || index >= context.Batch.Count ? int.MaxValue : (int)index);
    }

    private static Value ForAll(EvaluationContext context, Value target)
    {
        Query query = target.AsQuery<Query>();
        ArrayNode result = context.Arena.NewArray(context.Batch.Count);
        for (int i = 0; i < context.Batch.Count; i++)
        {
            if (!context.TryStep(out Value exceeded))
            {
                return exceeded;
            }

            Value value = At(context, query, i);
            if (value.IsError)
            {
                return value;
            }

            result.Add(value.Frozen());
        }

        return context.Checked(Value.FromArray(result));
    }

    private static Value At(EvaluationContext context, Query query, int index)
    {
        int before = context.Index;
        context.Index = index;
        Value result = query.Evaluate(context);
        context.Index = before;
        return result;
    }
}
