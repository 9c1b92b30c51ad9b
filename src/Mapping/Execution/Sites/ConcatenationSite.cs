using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>
/// <c>a + "literal" + b</c>: a chain of two or three operands that can only be a text. Its operands may all be evaluated before the first
/// <c>+</c> is carried out, because none of them has an effect.
/// </summary>
internal sealed class ConcatenationSite(BoundChain node, SourceText source)
{
    private const int MostOperands = 3;

    private readonly OperatorSite[] operators = OperatorSite.AllOf(node, source);

    public static bool Fits(BoundChain node) =>
        node.Rest.Count < MostOperands
        && node.Rest.All(o => o.Operator == Operation.Add && Nature.HasNoEffects(o.Operand))
        && Nature.HasNoEffects(node.First)
        && (IsText(node.First) || IsText(node.Rest[0].Operand));

    public Value Join(EvaluationContext context, Value first, Value second)
    {
        if (!first.OwnsBytes || !second.OwnsBytes || !first.IsOwnedString || !second.IsOwnedString)
        {
            return Add(context, 0, first, second);
        }

        long length = (long)first.TextLength + second.TextLength;
        return context.Allows(length) ? Arithmetic.Concatenate(first, second, context.Arena) : context.TooLarge(length);
    }

    public Value Join(EvaluationContext context, Value first, Value second, Value third)
    {
        if (!first.OwnsBytes || !second.OwnsBytes || !third.OwnsBytes || !first.IsOwnedString || !second.IsOwnedString || !third.IsOwnedString)
        {
            return Add(context, 1, Add(context, 0, first, second), third);
        }

        long length = (long)first.TextLength + second.TextLength + third.TextLength;
        return context.Allows(length) ? Arithmetic.Concatenate(first, second, third, context.Arena) : context.TooLarge(length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value Add(EvaluationContext context, int index, Value left, Value right) =>
        left.IsError ? left : right.IsError ? right : operators[index].Apply(context, left, right);

    private static bool IsText(BoundExpression node) => node is BoundLiteral { Value.IsString: true };
}
