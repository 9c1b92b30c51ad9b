using System.Buffers;
using System.Text;
using Mapping.Testing;

namespace Mapping.Benchmarks.Tests;

/// <summary>A comparison with programs that do something else would be worth nothing.</summary>
public sealed class PeerTests
{
    private static readonly string Events = Repository.PathOf("bench", "corpora", "event.ndjson");

    [Theory]
    [InlineData("JsonNodePeer")]
    [InlineData("StreamingPeer")]
    public void A_peer_gives_what_the_mapping_gives(string peer) => Assert.Equal(Mapped(), OutputOf(peer, string.Empty, Events));

    [Theory]
    [InlineData("JsonNodePeer")]
    [InlineData("StreamingPeer")]
    public void A_peer_reads_standard_input_too(string peer) => Assert.Equal(Mapped(), OutputOf(peer, File.ReadAllText(Events)));

    private static string Mapped()
    {
        CompiledMapping mapping = MappingEnvironment.Restricted.Compile(File.ReadAllText(Repository.PathOf("bench", "mappings", "event_project.blobl")));
        var output = new ArrayBufferWriter<byte>();
        foreach (string line in File.ReadLines(Events))
        {
            Assert.Equal(MappingOutcome.Mapped, mapping.Run(Encoding.UTF8.GetBytes(line), output, out _));
            output.Write("\n"u8);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string OutputOf(string peer, string input, params string[] arguments)
    {
        Outcome outcome = ChildProcess.Run("dotnet", input, [Path.Combine(AppContext.BaseDirectory, $"{peer}.dll"), .. arguments]);
        Assert.Equal(0, outcome.ExitCode);
        return outcome.Output;
    }
}
