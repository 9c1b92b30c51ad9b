using System.Text;
using Mapping.Values;

namespace Mapping.Ir;

/// <summary>Prints IR as an indented text: one node a line, children below. The same text for the same mapping, always.</summary>
internal sealed class IrPrinter : IBoundVisitor<bool>, IBoundStatementVisitor<bool>, IStepVisitor<bool>
{
    /// <summary>Beyond this many levels the text would only grow to the right.</summary>
    private const int DeepestIndent = 400;

    private readonly StringBuilder text = new();
    private int level;

    public static string Print(BoundMapping mapping)
    {
        var printer = new IrPrinter();
        foreach (BoundMap map in mapping.Maps)
        {
            printer.Line($"map {Quoted(map.Name)} slots={map.SlotCount}");
            printer.Nested(map.Statements);
        }

        printer.Line($"mapping slots={mapping.SlotCount}");
        printer.Nested(mapping.Statements);
        printer.Paths(mapping.Paths);
        return printer.text.ToString();
    }

    public bool VisitAssignment(BoundAssignment node) => Node($"assign root{Path(node.Path)}", node.Value);

    public bool VisitMeta(BoundMetaAssignment node) => Node(node.Key is { } key ? $"assign meta {Quoted(Encoding.UTF8.GetString(key))}" : "assign meta", node.Value);

    public bool VisitLet(BoundLet node) => Node($"let {Quoted(node.Name)} slot={node.Slot}", node.Value);

    public bool VisitIf(BoundIfStatement node)
    {
        foreach (BoundStatementBranch branch in node.Branches)
        {
            Node("if", branch.Condition);
            Line("then");
            Nested(branch.Body);
        }

        if (node.Else.Count > 0)
        {
            Line("else");
            Nested(node.Else);
        }

        return true;
    }

    public bool VisitLiteral(BoundLiteral node) => Line($"{node.Origin} {Shown(node.Value)}");

    public bool VisitDocument(BoundDocument node) => Line("document");

    public bool VisitSlot(BoundSlot node) => Line($"slot {node.Slot} {Quoted(node.Name)}");

    public bool VisitRoot(BoundRoot node) => Line("root");

    public bool VisitVariable(BoundVariable node) => Line($"variable {Quoted(node.Name)} slot={node.Slot}");

    public bool VisitNamedVariable(BoundNamedVariable node) => Node("variable", node.Name);

    public bool VisitMetadata(BoundMetadata node) => Line(node.Key is { } key ? $"metadata {Quoted(Encoding.UTF8.GetString(key))}" : "metadata");

    public bool VisitArray(BoundArray node) => Node("array", [.. node.Items]);

    public bool VisitObject(BoundObject node)
    {
        Line("object");
        level++;
        foreach ((BoundExpression key, BoundExpression value) in node.Entries)
        {
            Node("key", key);
            Node("value", value);
        }

        level--;
        return true;
    }

    public bool VisitNot(BoundNot node) => Node("not", node.Operand);

    public bool VisitChain(BoundChain node)
    {
        Line("chain");
        level++;
        node.First.Accept(this);
        foreach (BoundOperand operand in node.Rest)
        {
            Node(Operations.Symbol(operand.Operator), operand.Operand);
        }

        level--;
        return true;
    }

    public bool VisitSteps(BoundSteps node)
    {
        Line("steps");
        level++;
        node.Source.Accept(this);
        foreach (BoundStep step in node.Steps)
        {
            step.Accept(this);
        }

        level--;
        return true;
    }

    public bool VisitFunctionCall(BoundFunctionCall node) => Call(node.Call);

    public bool VisitCapture(BoundCapture node) => Node($"capture {Quoted(node.Name)}", node.Body);

    public bool VisitIf(BoundIf node)
    {
        Line("if");
        level++;
        foreach (BoundBranch branch in node.Branches)
        {
            Node("when", branch.Condition);
            Node("then", branch.Value);
        }

        if (node.Else is { } last)
        {
            Node("else", last);
        }

        level--;
        return true;
    }

    public bool VisitMatch(BoundMatch node)
    {
        Line($"match slot={node.Slot}");
        level++;
        node.Subject?.Accept(this);
        foreach (BoundCase one in node.Cases)
        {
            if (one.Pattern is { } pattern)
            {
                Node(pattern is BoundLiteral ? "equals" : "when", pattern);
            }
            else
            {
                Line("otherwise");
            }

            Node("then", one.Value);
        }

        level--;
        return true;
    }

    public bool VisitPath(BoundPathStep step) => Line($"path {Path(step.Path)}");

    public bool VisitMethod(BoundMethodStep step) => Call(step.Call);

    public bool VisitMap(BoundMapStep step) => Node($"map slot={step.Slot}", step.Body);

    public bool VisitApply(BoundApplyStep step) => Node("apply", step.Name);

    private void Paths(MappingPaths paths)
    {
        List("reads", paths.Reads());
        if (!paths.NeedsDocument)
        {
            Line("never parses the body");
        }

        List("writes", paths.Written);
        List("copies", [.. paths.Copies.Select(c => c.ToString())]);
    }

    private void List(string head, IReadOnlyList<string> lines)
    {
        Line(lines.Count == 0 ? head + " nothing" : head);
        level++;
        foreach (string line in lines)
        {
            Line(line);
        }

        level--;
    }

    private bool Call(BoundCall call)
    {
        Line($"{call.Builtin.KindName} {call.Builtin.Name}{(call.State is null ? "" : " prepared")}");
        level++;
        foreach (BoundArgument argument in call.Arguments.Where(a => a.IsGiven))
        {
            Node(argument.Slot >= 0 ? $"{argument.Name} slot={argument.Slot}" : argument.Name, argument.Value);
        }

        level--;
        return true;
    }

    private bool Node(string head, params BoundExpression[] children)
    {
        Line(head);
        level++;
        foreach (BoundExpression child in children)
        {
            child.Accept(this);
        }

        level--;
        return true;
    }

    private void Nested(IReadOnlyList<BoundStatement> statements)
    {
        level++;
        foreach (BoundStatement statement in statements)
        {
            statement.Accept(this);
        }

        level--;
    }

    private bool Line(string line)
    {
        text.Append(' ', Math.Min(level, DeepestIndent) * 2).Append(line).Append('\n');
        return true;
    }

    private static string Path(FieldPath path) =>
        string.Concat(path.Segments.ToArray().Select(s => "." + Quoted(s.Key.AsHostString())));

    private static string Shown(Value value) => value.Kind switch
    {
        ValueKind.String => Quoted(value.AsHostString()),
        ValueKind.Array or ValueKind.Object => TextForm.ToText(value, new Arena(), escapeHtml: false).AsHostString(),
        _ => TextForm.Preview(value),
    };

    private static string Quoted(string name) => PathNode.Quoted(name);
}
