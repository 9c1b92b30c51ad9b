using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

/// <summary>Calls a method as a mapping would, without a compiler.</summary>
internal static class Call
{
    public static Value Method(Builtin builtin, Value target, params Value[] given)
    {
        var context = new EvaluationContext();
        context.Begin(new BuiltinServices(), [], 0, isMutation: false);
        Assert.True(Coercion.TryReceiver(builtin.Receiver, ref target, context));
        Value[] arguments = builtin.IsVariadic
            ? given
            : [.. builtin.Parameters.Select((p, i) => i < given.Length ? given[i] : p.Default ?? Value.Absent)];
        if (builtin.Prepare is { } prepare)
        {
            Preparation preparation = prepare(new BuiltinServices(), arguments);
            return preparation.Error is { } error ? Value.Fail(error) : ((PreparedBody<object>)builtin.Body)(context, target, preparation.State!, arguments);
        }

        return builtin.Body switch
        {
            MethodBody body => body(context, target),
            MethodBody1 body => body(context, target, arguments[0]),
            MethodBody2 body => body(context, target, arguments[0], arguments[1]),
            MethodBodyN body => body(context, target, arguments),
            _ => throw new ArgumentException($"{builtin.Name} has a body of a shape that this cannot call"),
        };
    }

    /// <summary>The result as text: arrays as <c>[a|b]</c>, objects as <c>{k=v|l=w}</c>, errors as <c>error: ...</c>.</summary>
    public static string Text(Builtin builtin, string target, params Value[] arguments) => Show(Method(builtin, Value.FromString(target), arguments));

    public static string Show(Value value) => value.Kind switch
    {
        ValueKind.Error => "error: " + value.AsError().Message,
        ValueKind.Array => $"[{string.Join('|', Elements(value).Select(Show))}]",
        ValueKind.Object => $"{{{string.Join('|', value.SortedMembers().Select(m => $"{Show(m.Key)}={Show(m.Value)}"))}}}",
        ValueKind.Bool => value.IsTrue ? "true" : "false",
        ValueKind.Int64 => value.AsInt64().ToString(),
        ValueKind.Null => "null",
        _ => value.AsHostString(),
    };

    private static List<Value> Elements(Value array)
    {
        var elements = new List<Value>();
        foreach (Value element in array.Elements)
        {
            elements.Add(element);
        }

        return elements;
    }
}
