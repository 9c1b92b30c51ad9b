using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary><c>patch</c>.</summary>
internal static class Patching
{
    public static readonly Builtin Patch = BuiltinBuilder
        .Method("patch", Category.Objects, "Applies the changes that diff found.")
        .FromConnect()
        .Returns("any")
        .Parameter("changelog", ParameterType.Any, "An array of objects with Type (create, update or delete), Path (an array of strings), From and To.")
        .Example("", "root = this.before.patch(this.before.diff(this.after))", ("""{"before":{"a":[1,2],"b":2},"after":{"a":[2,3]}}""", """{"a":[2,3]}"""))
        .Example("", """root = this.patch([{"Type":"update","Path":["a","b"],"From":1,"To":2}])""", ("""{"a":{"b":1}}""", """{"a":{"b":2}}"""))
        .Prepare(Read)
        .Body<Change[]>(static (context, target, changes, _) => target.IsNull ? target : Apply(context, target.Frozen(), changes));

    private static Preparation Read(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        Value list = arguments[0];
        if (!list.IsArray)
        {
            return Preparation.Refuse($"the changelog must be an array, got {list.TypeName}");
        }

        var changes = new List<Change>(list.Count);
        foreach (Value element in list.Elements)
        {
            if (!Change.TryRead(element, out Change? change))
            {
                return Preparation.Refuse($"change {changes.Count} of the changelog is no object with Type, Path, From and To");
            }

            changes.Add(change);
        }

        return Preparation.Ready(changes.ToArray());
    }

    /// <summary>
    /// Elements are deleted from and inserted into arrays last, the innermost arrays first: all other paths are meant for
    /// arrays as they were.
    /// </summary>
    private static Value Apply(EvaluationContext context, Value target, Change[] changes)
    {
        var editor = new TreeEditor(context);
        var moving = new List<Change>();
        foreach (Change change in changes)
        {
            if (change.Kind != ChangeKind.Update && change.Path.Length > 0 && TreeEditor.IsArrayAt(target, change.Path.AsSpan()[..^1]))
            {
                moving.Add(change);
                continue;
            }

            target = editor.Edit(target, change, 0);
            if (target.IsError)
            {
                return target;
            }
        }

        // Deletions from the back, then insertions from the front, so that no position is shifted before it is used.
        foreach (Change change in moving
            .OrderByDescending(c => c.Path.Length)
            .ThenBy(c => c.Kind == ChangeKind.Delete ? 0 : 1)
            .ThenBy(c => c.Kind == ChangeKind.Delete ? -c.LastPosition : c.LastPosition))
        {
            target = editor.Edit(target, change, 0);
            if (target.IsError)
            {
                return target;
            }
        }

        return context.Checked(target);
    }
}
