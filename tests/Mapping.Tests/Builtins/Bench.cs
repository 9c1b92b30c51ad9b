using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

/// <summary>Runs the body of one builtin on values made by hand.</summary>
internal sealed class Bench
{
    private const int Slot = 0;

    public Bench()
    {
        Context.Begin(new BuiltinServices(), [], 0, false);
        Context.Slots = new Value[1];
    }

    public EvaluationContext Context { get; } = new();

    /// <summary>A query that computes something from the value it is given.</summary>
    public Value Query(Func<Value, Value> compute)
    {
        EvaluationContext context = Context;
        return Value.FromQuery(new Query(_ => compute(context.Slots[Slot]), Slot));
    }

    public Value Array(params Value[] elements)
    {
        ArrayNode node = Context.Arena.NewArray();
        node.AddRange(elements);
        return Value.FromArray(node);
    }

    public Value Object(params (string Key, Value Value)[] members)
    {
        ObjectNode node = Context.Arena.NewObject();
        foreach ((string key, Value value) in members)
        {
            node.Set(Value.FromString(key), value);
        }

        return Value.FromObject(node);
    }

    public Value Call(Builtin builtin, Value target, params Value[] arguments)
    {
        Value[] padded = [.. arguments, .. builtin.Parameters.Skip(arguments.Length).Select(p => p.Default ?? Value.Absent)];
        switch (builtin.Body)
        {
            case MethodBody body:
                return body(Context, target);
            case MethodBody1 body:
                return body(Context, target, padded[0]);
            case MethodBody2 body:
                return body(Context, target, padded[0], padded[1]);
            case MethodBodyN body:
                return body(Context, target, padded);
            case PreparedBody<object> body:
                Preparation prepared = builtin.Prepare!(Context.Services, padded);
                return prepared.Error is { } error ? Value.Fail(error) : body(Context, target, prepared.State!, padded);
            default:
                throw new NotSupportedException(builtin.Name);
        }
    }

    /// <summary>A form that needs no JSON: <c>[1,x,{a:2}]</c>, errors as <c>!text</c>.</summary>
    public static string Show(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Array:
                var elements = new List<string>();
                foreach (Value element in value.Elements)
                {
                    elements.Add(Show(element));
                }

                return $"[{string.Join(",", elements)}]";
            case ValueKind.Object:
                var members = new List<string>();
                foreach (Member member in value.Members)
                {
                    members.Add($"{member.Key.AsHostString()}:{Show(member.Value)}");
                }

                return $"{{{string.Join(",", members)}}}";
            case ValueKind.Error:
                return "!" + value.AsError().Message;
            case ValueKind.Float64:
                return value.AsFloat64().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            case ValueKind.Int64:
                return value.AsInt64().ToString(System.Globalization.CultureInfo.InvariantCulture);
            case ValueKind.UInt64:
                return value.AsUInt64() + "u";
            case ValueKind.Timestamp:
                return value.AsTimestamp().ToText();
            case ValueKind.String or ValueKind.Bytes:
                return Encoding.UTF8.GetString(value.AsSpan());
            case ValueKind.Bool:
                return value.AsBool() ? "true" : "false";
            default:
                return value.TypeName;
        }
    }
}
