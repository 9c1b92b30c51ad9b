using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>The condition of an <c>if</c>, expression or statement.</summary>
internal sealed class ConditionSite(BoundExpression condition, string which, SourceText source)
{
    /// <summary>The conditions of an <c>if</c> expression, in which null counts as false.</summary>
    public static ConditionSite[] AllOf(BoundIf node, SourceText source) =>
        [.. node.Branches.Select((b, i) => new ConditionSite(b.Condition, i == 0 ? "if condition" : $"if condition {i + 1}", source))];

    public static ConditionSite[] AllOf(BoundIfStatement node, SourceText source) =>
        [.. node.Branches.Select((b, i) => new ConditionSite(b.Condition, $"if condition {i + 1}", source))];

    /// <summary>The error for what is neither true nor false.</summary>
    public Value Fail(Value decision) => Failure.Condition(decision, condition, source, $"failed to check {which}: ");
}
