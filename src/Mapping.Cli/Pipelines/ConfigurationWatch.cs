using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Mapping.Connectors;
using Mapping.Diagnostics;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Cli.Pipelines;

/// <summary>
/// Looks at the files of a configuration twice a second and reads it again when they have changed and then stayed as they are from one
/// look to the next. What counts is the content, so that it does not matter whether a file is written, replaced or a link to another one.
/// </summary>
/// <param name="files">The files, looked for anew each time.</param>
/// <param name="read">Reads the configuration, and the variables of its files.</param>
/// <param name="clock">Measures the pauses.</param>
internal sealed class ConfigurationWatch(Func<IEnumerable<string>> files, Func<(Configuration Configuration, FileVariables Variables)> read, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Of several changes that nobody has taken yet the last one counts.</summary>
    private readonly Channel<PipelineGraph> changes = Channel.CreateBounded<PipelineGraph>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    // From before the configuration is read for the first time.
    private string known = Look(files);

    /// <summary>Configurations that are right.</summary>
    public ChannelReader<PipelineGraph> Changes => changes.Reader;

    public async Task RunAsync(ILog log, CancellationToken stop)
    {
        string? changed = null;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            string now = Look(files);
            bool isSettled = now == changed;
            changed = now == known ? null : now;
            if (changed is not null && isSettled)
            {
                known = now;
                changed = null;
                if (Read(log) is { } graph)
                {
                    changes.Writer.TryWrite(graph);
                }
            }
        }
    }

    /// <summary>Null when there are errors, which are logged; the variables of the process are then as they were before.</summary>
    private PipelineGraph? Read(ILog log)
    {
        try
        {
            (Configuration configuration, FileVariables variables) = read();
            PipelineGraph? graph = GraphReader.Read(AllConnectors.Catalogue, configuration with { MustHaveContent = true }, out IReadOnlyList<Diagnostic> findings);
            foreach (Diagnostic finding in findings)
            {
                log.Write(finding.Severity == Severity.Error ? LogLevel.Error : LogLevel.Warn, DiagnosticRenderer.RenderHead(finding), finding.Hint is { } hint ? [("hint", hint)] : []);
            }

            if (graph is null)
            {
                log.Write(LogLevel.Error, "the changed configuration is not taken over, the pipeline goes on as it was");
            }
            else
            {
                variables.Publish();
            }

            return graph;
        }
#pragma warning disable CA1031 // Whatever is wrong with a file, the watch goes on: nobody would notice its end.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.Write(LogLevel.Error, $"the changed configuration is not taken over, the pipeline goes on as it was: {error.Message}");
            return null;
        }
    }

    /// <summary>All files with the digests of what is in them.</summary>
    private static string Look(Func<IEnumerable<string>> files)
    {
        var seen = new StringBuilder();
        try
        {
            foreach (string file in files())
            {
                seen.Append(file).Append('\0').Append(DigestOf(file)).Append('\0');
            }
        }
        catch (Problem error)
        {
            // A folder of resources that cannot be listed: reading tells it.
            seen.Append(error.Message);
        }

        return seen.ToString();
    }

    private static string DigestOf(string file)
    {
        try
        {
            using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Convert.ToHexString(SHA256.HashData(content));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It may be about to be replaced; when it stays away, reading tells why.
            return string.Empty;
        }
    }
}
