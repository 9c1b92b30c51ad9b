using System.IO.Hashing;
using Mapping.Values;

namespace Mapping.Cli.Bench;

/// <summary>What a mapping makes of the documents, apart from how fast it does.</summary>
/// <param name="Failed">Documents that could not be mapped.</param>
/// <param name="Deleted">Documents that were filtered out.</param>
/// <param name="Checksum">
/// The sum, modulo 2^64, of the xxhash64 of every result without its line break and with sorted keys; neither the order of
/// documents nor that of keys matters.
/// </param>
internal sealed record OutputSummary(int Failed, int Deleted, ulong Checksum)
{
    private static readonly JsonWriterOptions Sorted = JsonWriterOptions.Message with { SortKeys = true };

    public static OutputSummary Of(CompiledMapping mapping, DocumentSet documents)
    {
        var pass = new MappingPass(mapping, documents, new OutputForm(Sorted, QuoteText: false));
        int failed = 0;
        int deleted = 0;
        ulong sum = 0;
        for (int i = 0; i < documents.Count; i++)
        {
            ReadOnlySpan<byte> result = pass.Map(i, out MappingOutcome outcome);
            switch (outcome)
            {
                case MappingOutcome.Failed:
                    failed++;
                    break;
                case MappingOutcome.Deleted:
                    deleted++;
                    break;
                default:
                    sum += XxHash64.HashToUInt64(result);
                    break;
            }
        }

        return new OutputSummary(failed, deleted, sum);
    }
}
