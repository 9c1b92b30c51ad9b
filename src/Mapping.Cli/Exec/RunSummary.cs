namespace Mapping.Cli.Exec;

/// <summary>Keeps count of a run and reports what failed.</summary>
internal sealed class RunSummary(ExecOptions options, TextWriter error, Action beforeReport)
{
    private bool anyFailed;
    private bool lastIsTrue;

    /// <summary>Whether a failure ends the run.</summary>
    public bool IsStopped => anyFailed && options.OnError == OnError.Stop;

    public int ExitCode => anyFailed || (options.JudgesLastOutput && !lastIsTrue) ? ExitCodes.Failed : ExitCodes.Fine;

    public void Add(DocumentResult result, string source, long document, long line)
    {
        lastIsTrue = result.HasOutput ? result.IsTrue : lastIsTrue;
        if (result.Error is { } failure)
        {
            anyFailed = true;

            // What was mapped before comes first.
            beforeReport();
            string place = document == line ? "" : $" (line {line})";
            error.WriteLine($"blobl: document {document} of {source}{place} failed");
            error.WriteLine(failure.Diagnostic.ToString());
        }
    }
}
