using System.Buffers;
using System.Text;

namespace Mapping.Extras.Tests;

/// <summary>Runs a mapping on a document in the environment with all extras.</summary>
internal static class Run
{
    private static readonly MappingEnvironment Environment = MappingEnvironment.Full.WithExtras();

    /// <summary>The text of the resulting body, or <c>Error: </c> and the text of the failure.</summary>
    public static string Mapping(string mapping, string input) => Mapping(mapping, Encoding.UTF8.GetBytes(input));

    public static string Mapping(string mapping, byte[] input)
    {
        var written = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = Environment.Compile(mapping).Run(input, written, out MappingError? error);
        return outcome == MappingOutcome.Failed ? $"Error: {error!.Text}" : Encoding.UTF8.GetString(written.WrittenSpan);
    }

    /// <summary>The bytes of the resulting body; the mapping must succeed.</summary>
    public static byte[] Bytes(string mapping, byte[] input)
    {
        var written = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = Environment.Compile(mapping).Run(input, written, out MappingError? error);
        Assert.True(outcome != MappingOutcome.Failed, error?.Text);
        return written.WrittenSpan.ToArray();
    }

    /// <summary>What the compiler says about a mapping that it must refuse.</summary>
    public static string Refusal(string mapping)
    {
        MappingException refused = Assert.Throws<MappingException>(() => Environment.Compile(mapping));
        return refused.Message;
    }
}
