using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary><c>explode</c>.</summary>
internal static class Explode
{
    public static readonly Builtin Declaration = BuiltinBuilder
        .Method("explode", Category.Objects, "Makes a copy of an object for each element, or member, found at a path.")
        .On(Accepts.Object)
        .Returns("array|object")
        .Parameter("path", ParameterType.String, "Where the array or object stands; each copy holds one of its elements there.")
        .Prepare(static (_, arguments) => Preparation.Ready(FieldPath.Parse(arguments[0].AsSpan())))
        .Example("", "root = this.explode(\"v\")", ("""{"id":1,"v":["a","b"]}""", """[{"id":1,"v":"a"},{"id":1,"v":"b"}]"""))
        .Example("An object gives an object.", "root = this.explode(\"v\")", ("""{"id":1,"v":{"x":1,"y":2}}""", """{"x":{"id":1,"v":1},"y":{"id":1,"v":2}}"""))
        .Body<FieldPath>(static (context, target, path, _) => Run(context, target, path));

    private static Value Run(EvaluationContext context, Value target, FieldPath path)
    {
        Value found = path.Read(target, context.Arena);
        if (!found.IsContainer)
        {
            return Value.Fail($"expected array or object value at path '{path}', found: {found.TypeName}");
        }

        if (found.IsObject)
        {
            ObjectNode members = context.Arena.NewObject(found.Count);
            foreach (Member member in found.Members)
            {
                Value copy = CopyWith(context, target, path, member.Value);
                if (copy.IsError)
                {
                    return copy;
                }

                members.AddNew(member.Key, copy);
            }

            return context.Checked(Value.FromObject(members));
        }

        ArrayNode elements = context.Arena.NewArray(found.Count);
        foreach (Value element in found.Elements)
        {
            Value copy = CopyWith(context, target, path, element);
            if (copy.IsError)
            {
                return copy;
            }

            elements.Add(copy);
        }

        return context.Checked(Value.FromArray(elements));
    }

    private static Value CopyWith(EvaluationContext context, Value target, FieldPath path, Value value)
    {
        if (!context.TryStep(out Value exceeded) || !context.TryGrow(32L * target.Count, out exceeded))
        {
            return exceeded;
        }

        Value copy = Value.FromObject(target.CopyObject(context.Arena));
        EvaluationError? failure = PathAssignment.Assign(ref copy, path, value, context.Arena);
        return failure is null ? copy : Value.FromError(failure);
    }
}
