using Mapping.Functions;

namespace Mapping.Ir;

/// <summary>Tells from the text of a query whether it has effects, and on what its result depends.</summary>
internal static class Nature
{
    public static QueryNature Of(BoundArgument argument)
    {
        var walker = new Walker(argument.Slot);
        walker.Visit(argument.Value);
        return new QueryNature(walker.IsQuiet, walker.IsQuiet && !walker.ReadsMore);
    }

    /// <summary>Whether an expression has no effects.</summary>
    public static bool HasNoEffects(BoundExpression node)
    {
        var walker = new Walker(-1);
        walker.Visit(node);
        return walker.IsQuiet;
    }

    private sealed class Walker(int slot) : BoundWalker
    {
        private readonly HashSet<int> own = [slot];

        public bool IsQuiet { get; private set; } = true;

        public bool ReadsMore { get; private set; }

        public override bool VisitDocument(BoundDocument node) => ReadsMore = true;

        public override bool VisitRoot(BoundRoot node) => ReadsMore = true;

        public override bool VisitVariable(BoundVariable node) => ReadsMore = true;

        public override bool VisitNamedVariable(BoundNamedVariable node)
        {
            ReadsMore = true;
            return base.VisitNamedVariable(node);
        }

        public override bool VisitMetadata(BoundMetadata node) => ReadsMore = true;

        public override bool VisitSlot(BoundSlot node) => ReadsMore |= !own.Contains(node.Slot);

        public override bool VisitMap(BoundMapStep step)
        {
            own.Add(step.Slot);
            return base.VisitMap(step);
        }

        public override bool VisitMatch(BoundMatch node)
        {
            own.Add(node.Slot);
            return base.VisitMatch(node);
        }

        /// <summary>A map may do anything.</summary>
        public override bool VisitApply(BoundApplyStep step) => IsQuiet = false;

        public override bool VisitFunctionCall(BoundFunctionCall node)
        {
            // Of the functions only those that are constants are known to do nothing.
            IsQuiet &= node.Call.Builtin.IsStatic && !node.Call.Builtin.IsImpure;
            return base.VisitFunctionCall(node);
        }

        public override bool VisitMethod(BoundMethodStep step)
        {
            Builtin builtin = step.Call.Builtin;
            IsQuiet &= builtin is { IsImpure: false, HasEffects: false, HasLazyTarget: false, IsFromConnect: false };
            foreach (BoundArgument argument in step.Call.Arguments)
            {
                own.Add(argument.Slot);
            }

            return base.VisitMethod(step);
        }
    }
}
