using System.IO.Compression;
using System.Text;

namespace Mapping.Cli.Tests;

/// <summary>Whatever several threads are given, a user sees what one thread would have shown.</summary>
public class ParallelExecTests
{
    /// <summary>Several chunks of documents, some of which fail, with empty lines and both kinds of line ends.</summary>
    private static readonly string Lines = string.Concat(Enumerable.Range(0, 30_000).Select(i => (i % 7) switch
    {
        0 => "\n",
        1 => $"{{\"n\":{i},\"padding\":\"{new string('x', 40)}\"}}\r\n",
        2 when i % 5_000 < 7 => "{\"n\":\"none\"}\n",
        _ => $"{{\"n\":{i}}}\n",
    }));

    [Theory]
    [InlineData("lines", "--on-error", "skip")]
    [InlineData("lines", "--on-error", "keep")]
    [InlineData("lines", "--on-error", "stop")]
    [InlineData("lines", "--batch", "7", "--on-error", "skip")]
    [InlineData("json", "--on-error", "skip")]
    public void All_that_is_seen_is_the_same(string form, params string[] options)
    {
        Blobl.Outcome one = Blobl.Run(Lines, ["exec", "--stream", form, .. options, "root = this.n + 1"]);
        Assert.Contains("failed", one.Error, StringComparison.Ordinal);
        foreach (string threads in (string[])["2", "5"])
        {
            Assert.Equal(one, Blobl.Run(Lines, ["exec", "-t", threads, "--stream", form, .. options, "root = this.n + 1"]));
        }
    }

    [Theory]
    [InlineData("lines", "root = this.n")]
    [InlineData("json", "root = this.n")]
    [InlineData("lines", "root = this.n + 1")]
    public void What_came_before_the_input_broke_is_not_lost(string form, string mapping)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.gz");
        try
        {
            using (var compressed = new MemoryStream())
            {
                using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
                {
                    gzip.Write(Encoding.UTF8.GetBytes(Lines));
                }

                byte[] broken = compressed.ToArray();
                broken.AsSpan(broken.Length / 2, 100).Clear();
                File.WriteAllBytes(path, broken);
            }

            Blobl.Outcome one = Blobl.Run(string.Empty, "exec", "--stream", form, mapping, path);
            Assert.NotEqual(0, one.ExitCode);
            Assert.NotEmpty(one.Output);
            Assert.Equal(one, Blobl.Run(string.Empty, "exec", "-t", "2", "--stream", form, mapping, path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
