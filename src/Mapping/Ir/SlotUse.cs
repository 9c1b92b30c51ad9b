using System.Runtime.CompilerServices;

namespace Mapping.Ir;

/// <summary>How an expression uses the value in a slot.</summary>
internal static class SlotUse
{
    /// <summary>
    /// Whether the value is only ever entered by a field: then no result can hold the value itself, and who fills the slot may use
    /// the same object again.
    /// </summary>
    public static bool IsOnlyEntered(BoundExpression node, int slot) =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack() && node switch
        {
            BoundSlot use => use.Slot != slot,
            BoundSteps steps => IsEntered(steps, slot) && steps.Steps.All(s => IsOnlyEntered(s, slot)),
            BoundChain chain => IsOnlyEntered(chain.First, slot) && chain.Rest.All(o => IsOnlyEntered(o.Operand, slot)),
            BoundNot not => IsOnlyEntered(not.Operand, slot),
            BoundArray array => array.Items.All(i => IsOnlyEntered(i, slot)),
            BoundObject map => map.Entries.All(e => IsOnlyEntered(e.Key, slot) && IsOnlyEntered(e.Value, slot)),
            BoundFunctionCall call => IsOnlyEntered(call.Call, slot),
            BoundCapture capture => IsOnlyEntered(capture.Body, slot),
            BoundIf choice => choice.Branches.All(b => IsOnlyEntered(b.Condition, slot) && IsOnlyEntered(b.Value, slot)) && IsAbsentOrOnlyEntered(choice.Else, slot),
            BoundMatch match => IsAbsentOrOnlyEntered(match.Subject, slot)
                && match.Cases.All(c => IsAbsentOrOnlyEntered(c.Pattern, slot) && IsOnlyEntered(c.Value, slot)),
            BoundNamedVariable variable => IsOnlyEntered(variable.Name, slot),
            _ => true,
        };

    private static bool IsAbsentOrOnlyEntered(BoundExpression? node, int slot) => node is null || IsOnlyEntered(node, slot);

    private static bool IsEntered(BoundSteps steps, int slot) =>
        steps.Source is BoundSlot use && use.Slot == slot ? steps.Steps[0] is BoundPathStep : IsOnlyEntered(steps.Source, slot);

    private static bool IsOnlyEntered(BoundStep step, int slot) => step switch
    {
        BoundMethodStep method => IsOnlyEntered(method.Call, slot),
        BoundMapStep map => IsOnlyEntered(map.Body, slot),
        BoundApplyStep apply => IsOnlyEntered(apply.Name, slot) && IsOnlyEntered(apply.Caller, slot),
        _ => true,
    };

    private static bool IsOnlyEntered(BoundCall call, int slot) => call.Arguments.All(a => IsOnlyEntered(a.Value, slot));
}
