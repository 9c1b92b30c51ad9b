using System.Buffers;
using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components;

/// <summary>A mapping that is asked whether something holds for a message; it changes nothing.</summary>
internal static class Condition
{
    /// <summary>Whether it gives true; false with the error when it fails or gives something else.</summary>
    public static bool Holds(CompiledMapping check, Batch batch, int index, out string? error)
    {
        Message message = batch[index];
        Value metadata = message.MetadataObject;
        var result = new ArrayBufferWriter<byte>(16);
        MappingOutcome outcome = check.Run(batch, index, result, out MappingError? failure);
        message.MetadataObject = metadata;
        error = failure?.Text;
        if (outcome == MappingOutcome.Mapped && !result.WrittenSpan.SequenceEqual("true"u8) && !result.WrittenSpan.SequenceEqual("false"u8))
        {
            error = "the check gave neither true nor false";
        }

        return outcome == MappingOutcome.Mapped && result.WrittenSpan.SequenceEqual("true"u8);
    }
}
