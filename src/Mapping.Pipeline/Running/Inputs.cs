using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Running;

/// <summary>Puts an input together with what is configured beside it: connection, replay, processors and batching, from the inside out.</summary>
internal static class Inputs
{
    /// <param name="plan">The input with what is beside it.</param>
    /// <param name="services">Shared by the run.</param>
    /// <param name="takesLoose">Whoever reads it takes loose messages.</param>
    public static IInput Create(ComponentPlan<IInput> plan, RunServices services, bool takesLoose = false)
    {
        var context = new ComponentContext(services, plan) { MayDeliverLoose = takesLoose && plan.Processors.Count == 0 && services.Spans is null };
        IInput raw = Construction.Make(plan, context);
        services.AcknowledgesEarly |= raw.AcknowledgesEarly;
        IInput input = new ConnectedInput(raw, context);
        if (raw.ReplaysRejected)
        {
            input = new ReplayingInput(input, context, services.InFlight, services.SourceEnded, raw.AcknowledgesEarly ? services.CutOff : null);
        }

        if (plan.Processors.Count > 0)
        {
            input = new ProcessedInput(input, ProcessorChain.Create(plan.Processors, services));
        }

        return raw.Batching is { } policy ? new BatchedInput(input, new BatchRule(policy, context), ProcessorChain.Create(policy.Processors ?? [], services), services) : input;
    }
}
