using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

internal enum ChangeKind
{
    Create,
    Update,
    Delete,
}

/// <summary>One entry of a changelog.</summary>
internal sealed record Change(ChangeKind Kind, Value[] Path, Value To)
{
    /// <summary>The last step as a position in an array; -1 when it is none.</summary>
    public int LastPosition => Path.Length == 0 ? -1 : Position(Path[^1]);

    public static int Position(Value step) =>
        Utf8Parser.TryParse(step.AsSpan(), out int position, out int used) && used == step.TextLength && position >= 0 ? position : -1;

    public static bool TryRead(Value entry, [NotNullWhen(true)] out Change? change)
    {
        change = null;
        if (!entry.IsObject)
        {
            return false;
        }

        Value type = Find(entry, ChangeKeys.Type);
        Value path = Find(entry, ChangeKeys.Path);
        if (!type.IsText || !path.IsArray || KindOf(type) is not { } kind)
        {
            return false;
        }

        var steps = new List<Value>(path.Count);
        foreach (Value step in path.Elements)
        {
            if (!step.IsText)
            {
                return false;
            }

            steps.Add(step);
        }

        change = new Change(kind, [.. steps], Find(entry, ChangeKeys.To).Frozen());
        return true;
    }

    private static ChangeKind? KindOf(Value type) => type.AsHostString() switch
    {
        "create" => ChangeKind.Create,
        "update" => ChangeKind.Update,
        "delete" => ChangeKind.Delete,
        _ => null,
    };

    private static Value Find(Value entry, Value key)
    {
        string name = key.AsHostString();
        foreach (Member member in entry.Members)
        {
            if (string.Equals(member.Key.AsHostString(), name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return Value.Null;
    }
}
