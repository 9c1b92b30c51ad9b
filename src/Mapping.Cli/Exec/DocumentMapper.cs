using System.Buffers;
using Mapping.Cli.Output;
using Mapping.Functions;

namespace Mapping.Cli.Exec;

/// <summary>Maps messages as the options say; safe for several threads.</summary>
internal sealed class DocumentMapper(CompiledMapping mapping, ExecOptions options)
{
    public ExecOptions Options => options;

    /// <summary>A message in its first state.</summary>
    public Message NewMessage() => new() { IsText = options.IsRaw, IsStrictUtf8 = options.IsStrictUtf8 };

    public void Fill(Message message, ArraySegment<byte> document)
    {
        message.Recycle(document.Array!, document.Offset, document.Count);
        foreach ((string name, string text) in options.Metadata)
        {
            message.SetMetadata(name, text);
        }
    }

    /// <summary>For messages that one thread maps at a time.</summary>
    public MappingRun NewRun() => new(mapping);

    /// <summary>Maps one message; what it gives is ended with a line break, and nothing is left behind otherwise.</summary>
    public DocumentResult Map(MappingRun run, IReadOnlyList<Message> batch, int index, OutputBuffer output)
    {
        MappingOutcome outcome;
        MappingError? error;
        int start = output.DocumentLength;
        if (options.Result.IsPlain)
        {
            outcome = run.Map(batch, index, output, options.Result.Body, options.IsMutation, out error);
        }
        else
        {
            var body = new ArrayBufferWriter<byte>();
            outcome = run.Map(batch, index, body, options.Result.Body, options.IsMutation, out error);
            if (outcome is MappingOutcome.Mapped or MappingOutcome.Unchanged)
            {
                options.Result.Write(body.WrittenSpan, batch[index], output);
            }
        }

        switch (outcome)
        {
            case MappingOutcome.Failed when options.OnError == OnError.Keep:
                output.TakeBack();
                output.Write(batch[index].Body.Span);
                output.EndDocument();
                return new DocumentResult(error, HasOutput: true, IsTrue: true);
            case MappingOutcome.Failed or MappingOutcome.Deleted:
                output.TakeBack();
                return new DocumentResult(error, HasOutput: false, IsTrue: false);
            default:
                bool isTrue = !options.JudgesLastOutput || output.Document(start) is not ("false" or "null");
                output.EndDocument();
                return new DocumentResult(null, HasOutput: true, isTrue);
        }
    }
}

/// <summary>What became of a document.</summary>
/// <param name="Error">Why it failed.</param>
/// <param name="HasOutput">Whether anything was written for it.</param>
/// <param name="IsTrue">Whether the result is neither false nor null.</param>
internal readonly record struct DocumentResult(MappingError? Error, bool HasOutput, bool IsTrue);
