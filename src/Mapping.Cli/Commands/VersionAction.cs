using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl --version</c>: the version of this assembly, whoever hosts it.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override int Invoke(ParseResult parseResult)
    {
        string version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        parseResult.InvocationConfiguration.Output.WriteLine(version);
        return ExitCodes.Fine;
    }
}
