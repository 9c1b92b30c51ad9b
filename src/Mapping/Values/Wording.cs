namespace Mapping.Values;

/// <summary>
/// Whether somebody will read why something fails. Where a failure is caught and its text is not asked for, which is most often, no text is
/// made: <see cref="Value.Unworded"/> stands for whatever it was. The state of a thread while it evaluates.
/// </summary>
internal static class Wording
{
    [ThreadStatic]
    private static bool isOff;

    /// <summary>Nobody will read it.</summary>
    public static bool IsOff => isOff;

    /// <summary>Gives how it was, to be set again.</summary>
    public static bool Set(bool isOff)
    {
        bool before = Wording.isOff;
        Wording.isOff = isOff;
        return before;
    }
}
