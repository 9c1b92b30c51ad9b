namespace Mapping.Cli;

internal static class Program
{
    private static int Main(string[] args)
    {
        using StandardStreams streams = StandardStreams.OfProcess();
        return CommandLine.Run(args, streams);
    }
}
