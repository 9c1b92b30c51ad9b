using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Contracts;

/// <summary>The component can never work as it is configured: a port in use, a path that cannot be written.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="remedy">How to mend it, if that can be said.</param>
internal sealed class StartException(string message, string? remedy = null) : Exception(message)
{
    public string? Remedy { get; } = remedy;
}

/// <summary>The connection of an input or output is gone and worth making again.</summary>
internal sealed class DisconnectedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>
    /// The write is not repeated. So it is where the cause says what the failure means for the messages, unless told otherwise: who threw
    /// it has tried again as long as it was told to.
    /// </summary>
    public bool IsFinal { get; init; } = cause is ClassifiedException;
}
