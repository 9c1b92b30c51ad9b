namespace Mapping.Pipeline.Messages;

/// <summary>Writes some messages of a batch and tells their failures by positions in the whole.</summary>
internal static class Selection
{
    /// <param name="write">Writes the part.</param>
    /// <param name="batch">The whole.</param>
    /// <param name="positions">Which messages are written.</param>
    /// <param name="failures">Gets the failures.</param>
    /// <param name="cancellation">Ends the write.</param>
    public static async ValueTask WriteAsync(
        Func<Batch, CancellationToken, ValueTask> write,
        Batch batch,
        IReadOnlyList<int> positions,
        WriteFailures failures,
        CancellationToken cancellation)
    {
        try
        {
            await write(positions.Count == batch.Count ? batch : batch.With(positions.Select(i => batch[i])), cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a write throws is its failure.
        catch (Exception error)
#pragma warning restore CA1031
        {
            for (int i = 0; i < positions.Count; i++)
            {
                if (BatchException.Failed(error, i, out string reason))
                {
                    failures.Note(positions[i], reason, FailureKinds.Of(error));
                }
            }
        }
    }
}
