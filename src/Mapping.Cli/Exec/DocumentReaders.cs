using Mapping.Cli.Input;
using Mapping.Cli.Output;

namespace Mapping.Cli.Exec;

/// <summary>The readers that the options ask for, one per source.</summary>
internal static class DocumentReaders
{
    public static IEnumerable<(IDocumentReader Reader, string Name)> Of(
        IReadOnlyList<InputSource> inputs, ExecOptions options, StandardStreams streams, Action beforeRead, ProgressLine? progress)
    {
        if (options.IsNullInput)
        {
            return [(new WholeDocuments(static () => "null"u8.ToArray()), "the null input")];
        }

        IEnumerable<(IDocumentReader Reader, string Name)> readers = inputs.Select(
            input => (Open(input.Open(streams.Input, progress is null ? null : progress.Add), options, beforeRead), input.Name));
        return options.IsSlurp
            ? [(WholeDocuments.Slurped(readers.Select(r => (IDocumentReader)new ReadableDocuments(r.Reader, r.Name)), options.IsRaw), "the whole input")]
            : readers;
    }

    private static IDocumentReader Open(Stream stream, ExecOptions options, Action beforeRead) => options.Stream == StreamForm.Lines || options.IsRaw
        ? new LineDocuments(stream, beforeRead, keepEmpty: options.IsRaw)
        : new ValueDocuments(stream, beforeRead, options.Stream == StreamForm.Array);
}
