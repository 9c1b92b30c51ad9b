using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary><c>with</c>, <c>without</c>: objects reduced by paths. Arrays are not entered.</summary>
internal static class Selection
{
    public static readonly Builtin With = BuiltinBuilder
        .Method("with", Category.Objects, "Keeps only the given paths of an object.")
        .On(Accepts.Object)
        .Returns("object")
        .MakesNew()
        .Variadic()
        .Prepare(Plant)
        .Example("", "root = this.with(\"a\", \"c.d\")", ("""{"a":1,"b":2,"c":{"d":3,"e":4}}""", """{"a":1,"c":{"d":3}}"""))
        .Example("Missing paths do no harm.", "root = this.with(\"x\")", ("""{"a":1}""", "{}"))
        .Body<PathTree>(static (context, target, paths, _) => Keep(context, target, paths));

    public static readonly Builtin Without = BuiltinBuilder
        .Method("without", Category.Objects, "Removes the given paths from an object.")
        .Flow(ValueFlow.WithoutPaths)
        .On(Accepts.Object)
        .Returns("object")
        .MakesNew()
        .Variadic()
        .Prepare(Plant)
        .Example("", "root = this.without(\"a\", \"c.d\")", ("""{"a":1,"b":2,"c":{"d":3,"e":4}}""", """{"b":2,"c":{"e":4}}"""))
        .Example("Missing paths do no harm.", "root = this.without(\"x\")", ("""{"a":1}""", """{"a":1}"""))
        .Body<PathTree>(static (context, target, paths, _) => Drop(context, target, paths));

    private static Preparation Plant(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        var tree = new PathTree();
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].IsText)
            {
                return Preparation.Refuse($"argument {i}: {Mismatch.Text("string", arguments[i])}", i);
            }

            tree.Add(FieldPath.Parse(arguments[i].AsSpan()));
        }

        return Preparation.Ready(tree);
    }

    // Both only go as deep as the paths, which the mapping spells out.
    private static Value Keep(EvaluationContext context, Value target, PathTree paths)
    {
        ObjectNode result = context.Arena.NewObject();
        foreach (Member member in target.Members)
        {
            if (paths.Find(member.Key.AsSpan()) is { } branch)
            {
                bool whole = branch.IsWhole || !member.Value.IsObject;
                result.AddNew(member.Key, whole ? member.Value.Frozen() : Keep(context, member.Value, branch.Below!));
            }
        }

        return Value.FromObject(result);
    }

    private static Value Drop(EvaluationContext context, Value target, PathTree paths)
    {
        ObjectNode result = target.CopyObject(context.Arena);
        foreach (PathTree.Branch branch in paths.Branches)
        {
            if (branch.IsWhole)
            {
                result.Remove(branch.Segment);
            }
            else if (result.TryGet(branch.Segment, out Value child) && child.IsObject)
            {
                result.Set(branch.Segment, Drop(context, child, branch.Below!));
            }
        }

        return Value.FromObject(result);
    }
}
