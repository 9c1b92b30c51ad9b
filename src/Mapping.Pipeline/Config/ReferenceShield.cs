using System.Text.RegularExpressions;

namespace Mapping.Pipeline.Config;

/// <summary>
/// Lets environment references stand where YAML would take their braces, colons and commas for its own, as in
/// <c>addresses: [ ${BROKERS:a:1,b:2} ]</c>: while the text is parsed, these characters are others that mean nothing. No character
/// moves, so that places stay right.
/// </summary>
internal sealed partial class ReferenceShield
{
    private const string Shielded = "{}[],:#&*!|>%@`";
    private const int WindowSize = 0x80;
    private const int FirstWindow = 0xE000;
    private const int LastWindow = 0xF800;

    private readonly int window;

    private ReferenceShield(string text, int window)
    {
        this.window = window;
        Text = !text.Contains("${", StringComparison.Ordinal) ? text : Reference().Replace(text, match => string.Create(match.Length, match.Value, (span, value) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = Shielded.Contains(value[i], StringComparison.Ordinal) ? (char)(window + value[i]) : value[i];
            }
        }));
    }

    /// <summary>The text to parse.</summary>
    public string Text { get; }

    public static ReferenceShield Of(string text)
    {
        // Characters for private use that the text does not use itself; one of the windows is always free in any text of people.
        int window = FirstWindow;
        while (window < LastWindow && text.AsSpan().IndexOfAnyInRange((char)window, (char)(window + WindowSize - 1)) >= 0)
        {
            window += WindowSize;
        }

        return new ReferenceShield(text, window);
    }

    /// <summary>A scalar as it was written.</summary>
    public string Restore(string scalar) => scalar.AsSpan().IndexOfAnyInRange((char)window, (char)(window + WindowSize - 1)) < 0
        ? scalar
        : string.Create(scalar.Length, scalar, (span, value) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = value[i] >= window && value[i] < window + WindowSize ? (char)(value[i] - window) : value[i];
            }
        });

    // The default may hold references itself, one level deep.
    [GeneratedRegex(@"\$\{\{?[0-9A-Za-z_.]+(?::(?:[^{}\n""']|\$?\{[^{}\n]*\})*)?(?:\|\w+)?\}\}?")]
    private static partial Regex Reference();
}
