using Mapping.Execution;
using Mapping.Functions;
using Mapping.Values.Json;

namespace Mapping.Benchmarks;

/// <summary>Maps documents as a worker of <c>blobl exec</c> does: one message and one output buffer, used again and again.</summary>
internal sealed class Worker(CompiledMapping mapping)
{
    private readonly Message[] batch = [new Message()];
    private readonly Utf8Buffer output = new();

    public static Worker Of(string mapping, Tier tier) => new(MappingEnvironment.Restricted.WithTier(tier).Compile(mapping));

    /// <summary>The tier of a parameter: BenchmarkDotNet asks for public types.</summary>
    public static Tier TierOf(string name) => Enum.Parse<Tier>(name, ignoreCase: true);

    /// <summary>The length of the result, 0 for none.</summary>
    /// <exception cref="InvalidOperationException">The document failed, so that its time would say nothing.</exception>
    public int Run(ArraySegment<byte> document)
    {
        Message message = batch[0];
        message.Recycle(document.Array!, document.Offset, document.Count);
        output.Clear();
        MappingOutcome outcome = mapping.Run(batch, 0, output, OutputForm.Message, mutation: false, out MappingError? error);
        return outcome == MappingOutcome.Failed ? throw new InvalidOperationException(error!.Text) : output.Length;
    }
}
