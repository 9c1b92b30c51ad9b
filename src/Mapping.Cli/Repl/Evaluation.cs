using System.Buffers;
using System.Text;
using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Cli.Repl;

/// <summary>What came of running a text behind the statements of a session.</summary>
/// <param name="IsFine">It compiled and did not fail.</param>
/// <param name="Text">The document as it is shown, or the errors.</param>
internal sealed record Evaluation(bool IsFine, string Text)
{
    private static readonly Values.JsonWriterOptions Pretty = Values.JsonWriterOptions.Message with { Indent = "  " };

    /// <param name="before">What stands before the text that was typed; its errors are shown where they are.</param>
    /// <param name="typed">The text; errors in it are shown as if it stood alone.</param>
    /// <param name="after">What closes it.</param>
    /// <param name="message">Mapped; its metadata may change.</param>
    /// <param name="isPretty">Over many lines.</param>
    public static Evaluation Of(string before, string typed, string after, Message message, bool isPretty = true)
    {
        var source = new SourceText(before + typed + after);
        if (!Environments.Full.TryCompile(source, out CompiledMapping? mapping, out IReadOnlyList<Diagnostic> diagnostics))
        {
            return new Evaluation(false, string.Join('\n', diagnostics.Select(Placed)));
        }

        var output = new ArrayBufferWriter<byte>();
        Value metadata = message.MetadataObject;
        MappingOutcome outcome = mapping.Run([message], 0, output, out MappingError? error);
        string text = outcome switch
        {
            MappingOutcome.Failed => Placed(error!.Diagnostic),
            MappingOutcome.Deleted => "(deleted)",
            MappingOutcome.Unchanged => "(unchanged)",
            _ => isPretty ? Show(output.WrittenSpan.ToArray()) : Encoding.UTF8.GetString(output.WrittenSpan),
        };
        if (error is null && isPretty && !message.MetadataObject.Equals(metadata) && message.MetadataNames.Count > 0)
        {
            text += "\n" + string.Join('\n', message.MetadataNames.Select(name => $"@{name} = {message.GetMetadata(name)}"));
        }

        return new Evaluation(error is null, text);

        string Placed(Diagnostic diagnostic)
        {
            bool isTyped = ReferenceEquals(diagnostic.Source, source) && diagnostic.Span.Start >= before.Length;
            if (!isTyped)
            {
                return diagnostic.ToString();
            }

            int start = Math.Min(diagnostic.Span.Start - before.Length, typed.Length);
            return (diagnostic with { Source = new SourceText(typed), Span = new TextSpan(start, Math.Min(diagnostic.Span.Length, typed.Length - start)) }).ToString();
        }
    }

    /// <summary>A body over many lines when it is JSON, otherwise as it is.</summary>
    public static string Show(byte[] body)
    {
        var pretty = new ArrayBufferWriter<byte>();
        return new Message(body).TryGetDocument(out Value root) && JsonWriter.TryWrite(root, pretty, Pretty)
            ? Encoding.UTF8.GetString(pretty.WrittenSpan)
            : Encoding.UTF8.GetString(body);
    }
}
