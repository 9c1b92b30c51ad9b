using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Text;

namespace Mapping.Tests.Execution;

/// <summary>Everything that can be seen of a run, as one text.</summary>
internal static class SeenRun
{
    public static string Of(CompiledMapping mapping, string document, bool mutation)
    {
        var message = new Message(Encoding.UTF8.GetBytes(document));
        message.SetMetadata("k", "kept");
        var output = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = mapping.Run([message], 0, output, out MappingError? error, mutation);
        var seen = new StringBuilder();
        seen.Append(outcome).Append(' ').Append(Encoding.UTF8.GetString(output.WrittenSpan));
        foreach (string name in message.MetadataNames)
        {
            seen.Append("\n@").Append(name).Append('=').Append(message.GetMetadata(name));
        }

        if (error is { Diagnostic: var found })
        {
            TextPosition at = found.Source.PositionOf(found.Span.Start);
            seen.Append('\n').Append(error.Text).Append('\n').Append(found.Code).Append(' ').Append(at.Line).Append(':').Append(at.Column)
                .Append('+').Append(found.Span.Length).Append(' ').AppendJoin(", ", found.Notes ?? []);
        }

        return seen.ToString();
    }
}
