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

    /// <summary>The path of a document field or lambda field, such as <c>this.items.0</c>; null where the value has none.</summary>
    public static string? PathOf(BoundSteps node, int step)
    {
        string? head = Head(node.Source);
        return head is not null && step == 1 && node.Steps[0] is BoundPathStep path ? $"{head}.{path.Path}" : step == 0 ? head : null;
    }

    private static string Of(BoundExpression source, IReadOnlyList<BoundStep> steps, int count)
    {
        if (count == 0)
        {
            return Of(source);
        }

        switch (steps[count - 1])
        {
            case BoundPathStep path:
                return count == 1 && Head(source) is { } head ? $"field `{head}.{path.Path}`" : $"path `{path.Path}`";
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
        _ => null,
    };
}
