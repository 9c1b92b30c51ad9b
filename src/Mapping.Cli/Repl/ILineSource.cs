namespace Mapping.Cli.Repl;

/// <summary>Where the lines of a session come from.</summary>
internal interface ILineSource
{
    /// <summary>The next line; null at the end.</summary>
    /// <param name="isContinuation">The line goes on with what the one before began.</param>
    string? Read(bool isContinuation);

    /// <summary>Offers a whole entry again later.</summary>
    void Remember(string entry);
}
