using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary><c>merge</c>, <c>assign</c>, <c>squash</c>: deep combinations of objects.</summary>
internal static class Merging
{
    public static readonly Builtin Merge = BuiltinBuilder
        .Method("merge", Category.Objects, "Combines two objects deeply; values under the same key are collected in an array.")
        .On(Accepts.Array | Accepts.Object)
        .Returns("same")
        .MakesNew()
        .Parameter("with", ParameterType.Any, "An object to merge into an object; anything to add to an array.")
        .Example("", "root = this.a.merge(this.b)", ("""{"a":{"x":1,"y":{"z":2}},"b":{"x":3,"y":{"w":4}}}""", """{"x":[1,3],"y":{"z":2,"w":4}}"""))
        .Example("Arrays are joined.", "root = this.a.merge(this.b)", ("""{"a":[1,2],"b":[3]}""", "[1,2,3]"))
        .Body(static (context, target, with) => Combine(context, target, with, collect: true));

    public static readonly Builtin Assign = BuiltinBuilder
        .Method("assign", Category.Objects, "Combines two objects deeply; the new value replaces the old one under the same key.")
        .On(Accepts.Array | Accepts.Object)
        .Returns("same")
        .MakesNew()
        .Parameter("with", ParameterType.Any, "An object to assign to an object; anything to add to an array.")
        .Example("", "root = this.a.assign(this.b)", ("""{"a":{"x":1,"y":{"z":2}},"b":{"x":3,"y":{"w":4}}}""", """{"x":3,"y":{"z":2,"w":4}}"""))
        .Example("Add a field.", "root = this.assign({\"total\": this.n * 2})", ("""{"n":2}""", """{"n":2,"total":4}"""))
        .Body(static (context, target, with) => Combine(context, target, with, collect: false));

    public static readonly Builtin Squash = BuiltinBuilder
        .Method("squash", Category.Objects, "Merges all objects of an array into one; values under the same key are collected in an array.")
        .On(Accepts.Array)
        .Returns("object")
        .MakesNew()
        .Example("", "root = this.squash()", ("""[{"a":1},{"b":2}]""", """{"a":1,"b":2}"""))
        .Example("", "root = this.squash()", ("""[{"a":1},{"a":[2,3]}]""", """{"a":[1,2,3]}"""))
        .Body(SquashAll);

    private static Value Combine(EvaluationContext context, Value target, Value with, bool collect)
    {
        if (target.IsArray)
        {
            return context.Checked(Collect(context, target, with));
        }

        if (!with.IsObject)
        {
            return target.Frozen();
        }

        if (!HasRoom(context, target, with, out Value exceeded))
        {
            return exceeded;
        }

        ObjectNode result = target.CopyObject(context.Arena, with.Count);
        Value failure = MergeInto(context, result, with, collect);
        return failure.IsError ? failure : context.Checked(Value.FromObject(result));
    }

    private static Value SquashAll(EvaluationContext context, Value target)
    {
        ObjectNode result = context.Arena.NewObject();
        foreach (Value element in target.Elements)
        {
            if (!element.IsObject)
            {
                continue;
            }

            if (!context.TryGrow(32L * ((long)result.Count + element.Count), out Value exceeded))
            {
                return exceeded;
            }

            Value failure = MergeInto(context, result, element, collect: true);
            if (failure.IsError)
            {
                return failure;
            }
        }

        return context.Checked(Value.FromObject(result));
    }

    /// <summary>Merges into an object of our own; its children may be shared and are copied before they change.</summary>
    private static Value MergeInto(EvaluationContext context, ObjectNode result, Value with, bool collect)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return MergeOnDeepStack(context, result, with, collect);
        }

        if (!context.TryStep(out Value exceeded))
        {
            return exceeded;
        }

        if (with.ObjectNode is { } made)
        {
            foreach (ref readonly Member member in made.Slots)
            {
                if (!member.Key.IsNull && MergeMember(context, result, member.Key, member.Value, collect) is { IsError: true } failure)
                {
                    return failure;
                }
            }
        }
        else
        {
            foreach (Member member in with.Members)
            {
                if (MergeMember(context, result, member.Key, member.Value, collect) is { IsError: true } failure)
                {
                    return failure;
                }
            }
        }

        return default;
    }

    private static Value MergeMember(EvaluationContext context, ObjectNode result, Value key, Value value, bool collect)
    {
        Value added = value.Frozen();
        return result.TryAddNew(key, added) ? default : MergePresent(context, result, key, added, collect);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value MergePresent(EvaluationContext context, ObjectNode result, Value key, Value added, bool collect)
    {
        result.TryGet(key.AsSpan(), out Value present);
        if (present.IsObject && added.IsObject)
        {
            if (!HasRoom(context, present, added, out Value exceeded))
            {
                return exceeded;
            }

            ObjectNode child = present.CopyObject(context.Arena, added.Count);
            Value failure = MergeInto(context, child, added, collect);
            if (!failure.IsError)
            {
                result.Set(key, Value.FromObject(child));
            }

            return failure;
        }

        Value next = collect ? Collect(context, present, added) : added;
        if (next.IsError)
        {
            return next;
        }

        result.Set(key, next);
        return default;
    }

    private static Value MergeOnDeepStack(EvaluationContext context, ObjectNode result, Value with, bool collect) =>
        Text.DeepStack.Run(() => MergeInto(context, result, with, collect));

    /// <summary>Whether the members of both objects may stand in one.</summary>
    private static bool HasRoom(EvaluationContext context, Value first, Value second, out Value exceeded) =>
        context.TryGrow(32L * ((long)first.Count + second.Count), out exceeded);

    /// <summary>Both values in one array; arrays give their elements.</summary>
    private static Value Collect(EvaluationContext context, Value first, Value second)
    {
        int count = Width(first) + Width(second);
        if (!context.TryGrow(16L * count, out Value exceeded))
        {
            return exceeded;
        }

        ArrayNode result = context.Arena.NewArray(count);
        AddTo(result, first);
        AddTo(result, second);
        return Value.FromArray(result);
    }

    private static int Width(Value value) => value.IsArray ? value.Count : 1;

    private static void AddTo(ArrayNode result, Value value)
    {
        if (value.IsArray)
        {
            result.AddElements(value);
        }
        else
        {
            result.Add(value.Frozen());
        }
    }
}
