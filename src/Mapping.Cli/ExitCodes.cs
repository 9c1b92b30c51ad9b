namespace Mapping.Cli;

/// <summary>What the exit codes of every command mean.</summary>
internal static class ExitCodes
{
    public const int Fine = 0;

    /// <summary>Some document or conformance case failed.</summary>
    public const int Failed = 1;

    /// <summary>The command was called in a way it does not understand.</summary>
    public const int Usage = 2;

    /// <summary>The mapping does not compile.</summary>
    public const int InvalidMapping = 3;

    /// <summary>A file or stream cannot be read or written.</summary>
    public const int Unreadable = 4;
}
