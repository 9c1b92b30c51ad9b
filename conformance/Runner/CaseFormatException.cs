namespace Mapping.Conformance.Runner;

/// <summary>A case file that cannot be read; the message says which case and why.</summary>
public sealed class CaseFormatException : Exception
{
    public CaseFormatException()
    {
    }

    public CaseFormatException(string message)
        : base(message)
    {
    }

    public CaseFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
