using Mapping.Diagnostics;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Running;

/// <summary>Makes components, and tells which one could not be made.</summary>
internal static class Construction
{
    public static TComponent Make<TComponent>(ComponentPlan<TComponent> plan, ComponentContext context)
        where TComponent : class
    {
        int before = context.Unowned.Count;
        try
        {
            TComponent component = plan.Create(context);

            // What it is made of belongs to it from here on.
            context.Unowned.Release(before);
            context.Unowned.Add(component);
            return component;
        }
        catch (Exception error) when (error is StartException or IOException or UnauthorizedAccessException)
        {
            throw new ComponentStartException(plan, error);
        }
    }
}

/// <summary>A component that cannot work as it is configured, with its place in the configuration.</summary>
internal sealed class ComponentStartException(ComponentPlan plan, Exception cause) : Exception(cause.Message, cause)
{
    public Diagnostic Diagnostic { get; } =
        new(DiagnosticCodes.CannotStart, Severity.Error, $"the {plan.Kind.Word()} {plan.Type} cannot start: {cause.Message}", plan.Source, plan.Span, (cause as StartException)?.Remedy);
}
