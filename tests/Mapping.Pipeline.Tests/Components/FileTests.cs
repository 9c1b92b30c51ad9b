using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Tests.Components;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Files_are_read_in_the_order_of_their_names_with_metadata()
    {
        folder.Write("b.txt", "3\n");
        folder.Write("a.txt", "1\r\n2");
        folder.Write("c.log", "no\n");
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ file: {{ paths: '{folder.Path}/*.txt' }} }}\npipeline: {{ threads: 1, processors: [ {{ mapping: 'root = @path.filepath_split().index(1) + content().string() + @mod_time_unix.type()' }} ] }}\n");
        Assert.Equal(["a.txt1number", "a.txt2number", "b.txt3number"], outcome.Lines);
    }

    [Theory]
    [InlineData(0, "2024-02-03T04:05:06Z")]
    [InlineData(120_000, "2024-02-03T04:05:06.012Z")]
    [InlineData(1_234_567, "2024-02-03T04:05:06.1234567Z")]
    public async Task The_time_of_a_change_has_as_many_digits_as_it_needs(int ticks, string told)
    {
        string path = folder.Write("a.txt", "1\n");
        File.SetLastWriteTimeUtc(path, new DateTime(2024, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(ticks));
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ file: {{ paths: [ '{path}' ] }} }}\npipeline: {{ threads: 1, processors: [ {{ mapping: 'root = @mod_time' }} ] }}\n");
        Assert.Equal([told], outcome.Lines);
    }

    [Fact]
    public async Task A_cursor_goes_on_where_the_last_run_ended()
    {
        string path = folder.Write("in.txt", "1\n2\n");
        string yaml = $"input: {{ file: {{ paths: [ '{path}' ], cursor: '{folder.PathOf("state/cursor")}' }} }}\npipeline: {{ threads: 1 }}\n";
        Assert.Equal(["1", "2"], (await PipelineTest.RunAsync(yaml)).Lines);
        Assert.Empty((await PipelineTest.RunAsync(yaml)).Lines);
        File.AppendAllText(path, "3\n4\n");
        Assert.Equal(["3", "4"], (await PipelineTest.RunAsync(yaml)).Lines);
        folder.Write("in.txt", "new\n");
        Assert.Equal(["new"], (await PipelineTest.RunAsync(yaml)).Lines);
    }

    [Fact]
    public async Task A_cursor_does_not_pass_what_is_not_written()
    {
        string path = folder.Write("in.txt", "1\n2\n3\n4\n");
        using var stop = new CancellationTokenSource();
        var output = new TestOutput
        {
            MaxInFlight = 4,
            Before = async (_, batch, cancellation) =>
            {
                if (batch[0].Body.Span[0] == '2')
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                }
            },
        };
        string input = $"shutdown_timeout: 100ms\ninput: {{ file: {{ paths: [ '{path}' ], cursor: '{folder.PathOf("cursor")}' }} }}\npipeline: {{ threads: 1 }}\n";
        Task<PipelineTest.Outcome> first = PipelineTest.RunAsync(PipelineTest.Read(input + "output: { test: {} }\n", null, output.Type), "", stop.Token);
        while (output.Written.Count < 3)
        {
            Assert.False(first.IsCompleted, "it ended before");
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        Assert.False((await first).Finished);
        Assert.Equal(["1", "3", "4"], output.Written.Order());
        Assert.Equal(["2", "3", "4"], (await PipelineTest.RunAsync(input)).Lines);
    }

    [Fact]
    public async Task A_finished_file_can_be_removed()
    {
        string path = folder.Write("in.txt", "1\n2\n");
        await PipelineTest.RunAsync($"input: {{ file: {{ paths: [ '{path}' ], delete_on_finish: true }} }}\n");
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_path_without_files_is_told_at_the_start()
    {
        ComponentStartException error = await Assert.ThrowsAsync<ComponentStartException>(() => PipelineTest.RunAsync($"input:\n  file: {{ paths: [ nowhere/*.txt ] }}\n"));
        Assert.Equal("pipeline.yaml:2:3: error P519: the input file cannot start: no file matches nowhere/*.txt\n  2 |   file: { paths: [ nowhere/*.txt ] }\n    |   ^^^^ check the paths", error.Diagnostic.ToString());
    }

    [Fact]
    public async Task Messages_are_appended_to_the_file_their_path_names()
    {
        await PipelineTest.RunAsync($"pipeline: {{ threads: 1 }}\noutput: {{ file: {{ path: '{folder.Path}/out/${{! this.k }}.txt' }} }}\n", "{\"k\":\"a\"}\n{\"k\":\"b\"}\n{\"k\":\"a\"}\n");
        Assert.Equal("{\"k\":\"a\"}\n{\"k\":\"a\"}\n", folder.Read("out/a.txt"));
        Assert.Equal("{\"k\":\"b\"}\n", folder.Read("out/b.txt"));
    }

    [Theory]
    [InlineData("lines", "old\na\nb\n")]
    [InlineData("delim:;", "old;a;b;")]
    [InlineData("append", "oldab")]
    [InlineData("all-bytes", "b")]
    public async Task Codecs_say_how_messages_are_written(string codec, string expected)
    {
        string path = folder.Write("out.txt", "old");
        await PipelineTest.RunAsync($"pipeline: {{ threads: 1 }}\noutput: {{ file: {{ path: '{path}', codec: '{codec}', fsync: batch }} }}\n", "a\nb\n");
        Assert.Equal(expected, folder.Read("out.txt"));
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_told_at_the_start()
    {
        ComponentStartException error = await Assert.ThrowsAsync<ComponentStartException>(() => PipelineTest.RunAsync($"output:\n  file: {{ path: '{folder.Path}' }}\n", "a\n"));
        Assert.Equal($"the output file cannot start: cannot write {folder.Path}: it is a folder", error.Diagnostic.Message);
        Assert.Equal("check the path and its permissions", error.Diagnostic.Hint);
    }

    [Theory]
    [InlineData("a/*.txt", "a/1.txt a/2.txt")]
    [InlineData("**/*.txt", "a/1.txt a/2.txt a/b/3.txt c.txt")]
    [InlineData("a/{1,2}.txt", "a/1.txt a/2.txt")]
    [InlineData("a/[!1].txt", "a/2.txt")]
    [InlineData("?.txt", "c.txt")]
    public void Wildcards_match(string pattern, string expected)
    {
        foreach (string name in new[] { "a/1.txt", "a/2.txt", "a/b/3.txt", "c.txt", "d.log" })
        {
            folder.Write(name, "");
        }

        IEnumerable<string> found = Mapping.Pipeline.Components.Inputs.FileGlob.Expand($"{folder.Path}/{pattern}").Select(f => Path.GetRelativePath(folder.Path, f));
        Assert.Equal(expected, string.Join(' ', found));
    }
}
