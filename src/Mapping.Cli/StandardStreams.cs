using System.Text;
using Mapping.Cli.Output;

namespace Mapping.Cli;

/// <summary>The three streams of the process, or their stand-ins in a test.</summary>
internal sealed class StandardStreams(Stream input, Stream output, TextWriter error) : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public Stream Input { get; } = input;

    public Stream Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Whether results go to a terminal that wants colours.</summary>
    public bool HasColours { get; init; }

    /// <summary>Whether somebody sees how far a run has come.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Whether a person types the input and reads the output.</summary>
    public bool IsTerminal { get; init; }

    public static StandardStreams OfProcess() => new(
        Console.OpenStandardInput(),
        StandardOutput.Open(),
        new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true, NewLine = "\n" })
    {
        IsTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        HasColours = !Console.IsOutputRedirected && IsCapable,
        ShowsProgress = Console.IsOutputRedirected && !Console.IsErrorRedirected && IsCapable,
    };

    private static bool IsCapable =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    /// <summary>Standard output for text; flush it when done.</summary>
    public TextWriter OpenOutputText() => new StreamWriter(Output, Utf8, leaveOpen: true) { NewLine = "\n" };

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
        Error.Dispose();
    }
}
