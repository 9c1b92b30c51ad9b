using Mapping.Values.Json;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Collects the steps of a layout, as long as it is a usual one.</summary>
internal sealed class TimeSteps
{
    private readonly List<TimeStep> steps = [];
    private bool isUsual = true;

    /// <summary>Whether all fixed text needs no escape in JSON.</summary>
    public bool IsPlain { get; private set; } = true;

    public void Add(TimeStep step) => steps.Add(step);

    /// <summary>The layout is none of the usual ones.</summary>
    public void Refuse() => isUsual = false;

    public void AddText(ReadOnlySpan<byte> text)
    {
        IsPlain &= JsonText.IsPlain(text);
        foreach (byte c in text)
        {
            if (c == 0)
            {
                Refuse();
            }
            else if (steps.Count > 0 && steps[^1].Then == 0)
            {
                steps[^1] = steps[^1] with { Then = c };
            }
            else
            {
                steps.Add(new TimeStep(TimePart.None, Then: c));
            }
        }
    }

    /// <summary>The steps, or null for layouts that are not usual.</summary>
    public TimeStep[]? Finish() => isUsual ? [.. steps] : null;
}
