using System.Buffers;
using System.Diagnostics;
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
    public async Task A_peer_gives_what_the_mapping_gives(string peer) => Assert.Equal(Mapped(), await OutputOfAsync(peer, Events, input: []));

    [Theory]
    [InlineData("JsonNodePeer")]
    [InlineData("StreamingPeer")]
    public async Task A_peer_reads_standard_input_too(string peer) => Assert.Equal(Mapped(), await OutputOfAsync(peer, path: null, await File.ReadAllBytesAsync(Events)));

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

    private static async Task<string> OutputOfAsync(string peer, string? path, byte[] input)
    {
        string program = Path.Combine(AppContext.BaseDirectory, $"{peer}.dll");
        var start = new ProcessStartInfo("dotnet", path is null ? [program] : [program, path]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return await output;
    }
}
