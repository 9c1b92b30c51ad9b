namespace Mapping.Cli.Repl;

/// <summary>Lines of a pipe, or of a terminal that cannot move its cursor.</summary>
/// <param name="reader">Gives the lines.</param>
/// <param name="prompt">Gets a prompt before each line; null for a pipe.</param>
internal sealed class PlainLineSource(TextReader reader, TextWriter? prompt) : ILineSource
{
    public string? Read(bool isContinuation)
    {
        prompt?.Write(isContinuation ? "... " : "> ");
        prompt?.Flush();
        return reader.ReadLine();
    }

    public void Remember(string entry)
    {
    }
}
