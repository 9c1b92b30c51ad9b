using Mapping.Values;

namespace Mapping.Ir;

/// <summary>What an expression is called in error messages: the culprit of a failure.</summary>
internal sealed class Annotation : IBoundVisitor<string>
{
    private static readonly Annotation Namer = new();

    public static string Of(BoundExpression node) => node.Accept(Namer);

    /// <summary>The name of the target of a step.</summary>
    public static string OfTarget(BoundSteps node, int step) => Of(node.Source, node.Steps, step);

    public string VisitLiteral(BoundLiteral node) => node.Origin;

    public string VisitDocument(BoundDocument node) => "field `this`";

    public string VisitSlot(BoundSlot node) => $"field `{node.Name}`";

    public string VisitRoot(BoundRoot node) => "field `root`";

    public string VisitVariable(BoundVariable node) => $"variable {node.Name}";

    public string VisitNamedVariable(BoundNamedVariable node) => "variable";

    public string VisitMetadata(BoundMetadata node) =>
        node.Key is null ? "meta object" : $"meta field {System.Text.Encoding.UTF8.GetString(node.Key)}";

    public string VisitArray(BoundArray node) => "array literal";

    public string VisitObject(BoundObject node) => "object literal";

    public string VisitNot(BoundNot node) => "not " + Of(node.Operand);

    public string VisitChain(BoundChain node) => Of(node.Rest[^1].Operand);

    public string VisitSteps(BoundSteps node) => Of(node.Source, node.Steps, node.Steps.Count);

    public string VisitFunctionCall(BoundFunctionCall node) => $"function {node.Call.Builtin.Name}";

    public string VisitCapture(BoundCapture node) => Of(node.Body);

    public string VisitIf(BoundIf node) => "if expression";

    public string VisitMatch(BoundMatch node) => "match expression";

    /// <summary>Where the value stands that the first steps lead to; null where it is calculated.</summary>
    public static ValuePath? PathOf(BoundExpression source, IReadOnlyList<BoundStep> steps, int count)
    {
        if (Head(source) is not { } head || count > 1)
        {
            return null;
        }

        int slot = source is BoundSlot known ? known.Slot : -1;
        return count == 0 ? new ValuePath(slot, head, string.Empty)
            : steps[0] is BoundPathStep path ? new ValuePath(slot, head, $".{path.Path}")
            : null;
    }

    public static ValuePath? PathOf(BoundExpression node) =>
        node is BoundSteps steps ? PathOf(steps.Source, steps.Steps, steps.Steps.Count) : PathOf(node, [], 0);

    private static string Of(BoundExpression source, IReadOnlyList<BoundStep> steps, int count)
    {
        if (count == 0)
        {
            return Of(source);
        }

        switch (steps[count - 1])
        {
            case BoundPathStep path:
                return count == 1 && source is not BoundVariable && Head(source) is { } head ? $"field `{head}.{path.Path}`" : $"path `{path.Path}`";
            case BoundMethodStep { Call.Builtin.Name: "from" } from:
                return Of(source, steps, count - 1) + " from " + Of(from.Call.Arguments[0].Value);
            case BoundMethodStep method:
                return $"method {method.Call.Builtin.Name}";
            case BoundMapStep map:
                return Of(map.Body);
            default:
                BoundExpression name = ((BoundApplyStep)steps[count - 1]).Name;
                return name is BoundLiteral { Value.IsText: true } known ? $"map {known.Value.AsHostString()}" : "map";
        }
    }

    private static string? Head(BoundExpression source) => source switch
    {
        BoundDocument => "this",
        BoundRoot => "root",
        BoundSlot slot => slot.Name,
        BoundVariable variable => "$" + variable.Name,
        _ => null,
    };
}
