using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>A case of a <c>match</c>.</summary>
internal sealed class CaseSite(BoundCase node, int index)
{
    public static CaseSite[] AllOf(BoundMatch node) => [.. node.Cases.Select((c, i) => new CaseSite(c, i))];

    /// <summary>A literal is compared with the subject, anything else is a condition.</summary>
    public bool IsLiteral { get; } = node.Pattern is BoundLiteral;

    /// <summary>Whether the case is taken; not to be asked with an error.</summary>
    public bool IsTaken(Value subject, Value pattern) => IsLiteral ? Comparison.AreEqual(subject, pattern) : pattern.IsTrue;

    public Value Fail(Value error) => error.AsError().Within($"failed to check match case {index}: ");
}
