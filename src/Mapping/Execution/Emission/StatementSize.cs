using Mapping.Ir;

namespace Mapping.Execution.Emission;

/// <summary>How large a statement is. Methods that are too large are compiled badly or overflow a stack while being compiled.</summary>
internal sealed class StatementSize : BoundWalker
{
    private const int MostNodes = 1_500;
    private const int MostLevels = 100;

    private int levels;

    private int Nodes { get; set; }

    private bool IsTooDeep { get; set; }

    /// <summary>The nodes of a statement; null when it has too many, or they nest too deeply.</summary>
    public static int? Measure(BoundStatement statement)
    {
        var size = new StatementSize();
        size.Visit(statement);
        return size.Nodes > MostNodes || size.IsTooDeep ? null : size.Nodes;
    }

    public override void Visit(BoundExpression node)
    {
        Nodes++;
        levels++;
        IsTooDeep |= levels > MostLevels;
        if (Nodes <= MostNodes && !IsTooDeep)
        {
            base.Visit(node);
        }

        levels--;
    }

    public override void Visit(BoundStatement statement)
    {
        Nodes++;
        levels++;
        IsTooDeep |= levels > MostLevels;
        if (!IsTooDeep)
        {
            base.Visit(statement);
        }

        levels--;
    }

    public override bool VisitSteps(BoundSteps node)
    {
        Nodes += node.Steps.Count;
        return base.VisitSteps(node);
    }
}
