using Mapping.Diagnostics;

namespace Mapping.Pipeline.Service;

/// <summary>The HTTP service cannot work as it is configured, with the place in the configuration.</summary>
internal sealed class ServiceStartException(Diagnostic diagnostic, Exception? cause = null) : Exception(diagnostic.Message, cause)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
