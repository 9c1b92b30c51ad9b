using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>
/// Keeps the objects and values that a method refers to in two arrays of its own. Left alone, each mention of one would check a
/// bound and a type, which in a mapping is a good part of the instructions.
/// </summary>
internal sealed class ConstantTable : ExpressionVisitor
{
    private static readonly MethodInfo Retype = ((Func<object, object>)Unsafe.As<object>).Method.GetGenericMethodDefinition();

    private readonly List<object> objects = [];
    private readonly List<Value> values = [];
    private readonly ParameterExpression objectTable = Expression.Variable(typeof(object[]), "objects");
    private readonly ParameterExpression valueTable = Expression.Variable(typeof(Value[]), "values");

    /// <summary>The same method, with its constants in tables.</summary>
    public static Expression<TDelegate> Apply<TDelegate>(Expression<TDelegate> code)
        where TDelegate : Delegate
    {
        var table = new ConstantTable();
        Expression body = table.Visit(code.Body);
        return table.objects.Count + table.values.Count < 2 ? code : Expression.Lambda<TDelegate>(table.Enclose(body), code.Name, code.Parameters);
    }

    [SuppressMessage("Trimming", "IL2060", Justification = "As<T> asks nothing of T.")]
    [SuppressMessage("AOT", "IL3050", Justification = "Only called where code is generated.")]
    protected override Expression VisitConstant(ConstantExpression node)
    {
        if (node.Value is Value value)
        {
            return Instructions.Call(ValueAt, valueTable, Expression.Constant(IndexOf(values, value)));
        }

        if (node.Value is null or string or Type or MethodInfo || node.Type.IsValueType)
        {
            return node;
        }

        Expression found = Instructions.Call(ObjectAt, objectTable, Expression.Constant(IndexOf(objects, node.Value)));
        return Expression.Call(Retype.MakeGenericMethod(node.Type), found);
    }

    /// <summary>A method within the method has its own constants.</summary>
    protected override Expression VisitLambda<T>(Expression<T> node) => node;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static object ObjectAt(object[] table, int index) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(table), index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Value ValueAt(Value[] table, int index) => Value.Load(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(table), index));

    private static int IndexOf<T>(List<T> table, T constant)
    {
        int index = constant is Value ? -1 : table.FindIndex(o => ReferenceEquals(o, constant));
        if (index < 0)
        {
            index = table.Count;
            table.Add(constant);
        }

        return index;
    }

    private BlockExpression Enclose(Expression body)
    {
        var variables = new List<ParameterExpression>();
        var start = new List<Expression>();
        if (objects.Count > 0)
        {
            variables.Add(objectTable);
            start.Add(Expression.Assign(objectTable, Expression.Constant(objects.ToArray())));
        }

        if (values.Count > 0)
        {
            variables.Add(valueTable);
            start.Add(Expression.Assign(valueTable, Expression.Constant(values.ToArray())));
        }

        return Expression.Block(variables, [.. start, body]);
    }
}
