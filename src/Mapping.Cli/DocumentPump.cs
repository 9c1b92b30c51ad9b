using Mapping.Cli.Input;
using Mapping.Cli.Output;
using Mapping.Functions;

namespace Mapping.Cli;

/// <summary>
/// Maps the documents of a stream one by one: one message, one input buffer and one output buffer are used again and again,
/// so that memory does not grow with the input.
/// </summary>
internal sealed class DocumentPump
{
    private readonly CompiledMapping mapping;
    private readonly OutputBuffer output;
    private readonly TextWriter error;
    private readonly Message message = new();
    private readonly Message[] batch;

    public DocumentPump(CompiledMapping mapping, OutputBuffer output, TextWriter error)
    {
        this.mapping = mapping;
        this.output = output;
        this.error = error;
        batch = [message];
    }

    /// <summary>Maps all documents of a source; false when one failed, which ends the run.</summary>
    public bool Run(InputSource source, Stream standardInput)
    {
        // Output is handed on before the reader may wait, so that a slow producer's results are seen at once.
        using var lines = new LineReader(source.Open(standardInput), output.Flush);
        long line = 0;
        long document = 0;
        while (TryRead(lines, source, out ArraySegment<byte> text))
        {
            line++;
            if (text.Count == 0)
            {
                continue;
            }

            document++;
            if (Map(text) is { } failure)
            {
                Report(failure, source, document, line);
                return false;
            }
        }

        return true;
    }

    private static bool TryRead(LineReader lines, InputSource source, out ArraySegment<byte> line)
    {
        try
        {
            return lines.TryRead(out line);
        }
        catch (Exception cause) when ((cause is IOException && !OutputBuffer.IsClosedPipe(cause)) || cause is InvalidDataException or UnauthorizedAccessException)
        {
            throw new Problem(ExitCodes.Unreadable, $"cannot read {source.Name}: {cause.Message}");
        }
    }

    private MappingError? Map(ArraySegment<byte> text)
    {
        message.SetBody(text.Array!, text.Offset, text.Count);
        message.MetadataObject = default;
        switch (mapping.Run(batch, 0, output, out MappingError? failure))
        {
            case MappingOutcome.Unchanged:
            case MappingOutcome.Mapped:
                output.EndDocument();
                return null;
            case MappingOutcome.Failed:
                output.TakeBack();
                return failure;
            default:
                output.TakeBack();
                return null;
        }
    }

    private void Report(MappingError failure, InputSource source, long document, long line)
    {
        // What was mapped before comes first.
        output.Flush();
        string place = document == line ? "" : $" (line {line})";
        error.WriteLine($"blobl: document {document} of {source.Name}{place} failed");
        error.WriteLine(failure.Diagnostic.ToString());
    }
}
