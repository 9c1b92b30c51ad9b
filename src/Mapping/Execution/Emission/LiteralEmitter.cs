using System.Linq.Expressions;
using Mapping.Execution.Sites;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>Code for array and object literals. Where the keys are known, so is that they differ.</summary>
internal sealed class LiteralEmitter(ExpressionEmitter expressions)
{
    private readonly ParameterExpression result = Instructions.Variable("result");
    private readonly ParameterExpression item = Instructions.Variable("item");
    private readonly LabelTarget end = Expression.Label("end");

    public Expression Array(BoundArray node)
    {
        ParameterExpression array = Expression.Variable(typeof(ArrayNode), "array");
        var code = new List<Expression>
        {
            Expression.Assign(array, Instructions.Call(Runtime.NewArray, expressions.Context, Expression.Constant(node.Items.Count))),
        };
        for (int i = 0; i < node.Items.Count; i++)
        {
            code.Add(Expression.Assign(item, expressions.Emit(node.Items[i])));
            if (node.Items[i] is not BoundLiteral)
            {
                code.Add(Leave(Instructions.IsError(item), Instructions.Call(ArraySite.Fail, item, Expression.Constant(i))));
            }

            code.Add(Instructions.Call(ArraySite.Add, array, item));
        }

        return Finish([result, item, array], code, Instructions.Call(Runtime.FromArray, expressions.Context, array));
    }

    public Expression Object(BoundObject node)
    {
        ParameterExpression target = Expression.Variable(typeof(ObjectNode), "object");
        ParameterExpression key = Instructions.Variable("key");
        var site = new ObjectSite(node, expressions.Source);
        bool areKeysKnown = AreKeysKnown(node);
        var code = new List<Expression>
        {
            Expression.Assign(target, Instructions.Call(Runtime.NewObject, expressions.Context, Expression.Constant(node.Entries.Count))),
        };
        for (int i = 0; i < node.Entries.Count; i++)
        {
            (BoundExpression name, BoundExpression value) = node.Entries[i];
            Expression known = key;
            if (name is BoundLiteral { Value: { IsText: true } text })
            {
                known = Instructions.Constant(text.ToStringKind());
            }
            else
            {
                code.Add(Expression.Assign(key, expressions.Emit(name)));
                code.Add(Leave(Expression.Not(Instructions.IsText(key)), Instructions.Call(site.RefuseKey, key, Expression.Constant(i))));
            }

            code.Add(Expression.Assign(item, expressions.Emit(value)));
            if (value is not BoundLiteral)
            {
                code.Add(Leave(Instructions.IsError(item), Instructions.Call(ObjectSite.Fail, item, known)));
            }

            code.Add(areKeysKnown
                ? Instructions.If(Expression.Not(Instructions.Call(Runtime.TryAddMember, target, known, item)), Instructions.Call(Runtime.AddMember, target, known, item))
                : Instructions.Call(ObjectSite.Set, target, known, item));
        }

        return Finish([result, item, key, target], code, Instructions.Call(Runtime.FromObject, expressions.Context, target));
    }

    private static bool AreKeysKnown(BoundObject node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return node.Entries.All(e => e.Key is BoundLiteral { Value: { IsText: true } key } && seen.Add(Convert.ToHexString(key.AsSpan())));
    }

    private Expression Leave(Expression test, Expression with) =>
        Instructions.If(test, Expression.Block(Expression.Assign(result, with), Expression.Goto(end)));

    private BlockExpression Finish(ParameterExpression[] variables, List<Expression> code, Expression value) =>
        Expression.Block(variables, [.. code, Expression.Assign(result, value), Expression.Label(end), result]);
}
