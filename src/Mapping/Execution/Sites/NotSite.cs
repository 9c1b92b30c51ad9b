using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary><c>!operand</c> at its place.</summary>
internal sealed class NotSite(BoundNot node, SourceText source)
{
    /// <summary>The error for an operand that is no bool.</summary>
    public Value Refuse(Value operand) => operand.IsError ? operand : Failure.WrongType("bool", operand, node.Operand, source);
}
