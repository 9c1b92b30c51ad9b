using System.Diagnostics;

namespace Mapping.Cli.Tests;

/// <summary>How commands are told which configuration is meant, and what counts in it.</summary>
public sealed class ConfigurationCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("blobl").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Lint_takes_files_and_folders_and_tells_of_each()
    {
        Write("fine.yaml", "output: { drop: {} }\n");
        string wrong = Write("deep/wrong.yaml", "output: { dorp: {} }\n");
        Write("deep/broken.yml", "output: {\n");
        Write("deep/notes.txt", "no configuration");
        Blobl.Outcome one = Blobl.Run("", "lint", folder);
        Assert.Equal((0, ""), (one.ExitCode, one.Error));
        Blobl.Outcome all = Blobl.Run("", "lint", folder + "/...");
        Assert.Equal(3, all.ExitCode);
        Assert.Contains("wrong.yaml:1:11: error P508", all.Error);
        Assert.Contains("broken.yml:2:1: error P501", all.Error);
        Blobl.Outcome two = Blobl.Run("", "lint", wrong, Path.Combine(folder, "fine.yaml"));
        Assert.Equal(3, two.ExitCode);
        Blobl.Outcome none = Blobl.Run("", "lint", "nowhere.yaml");
        Assert.Equal((4, "blobl: cannot read the configuration nowhere.yaml: there is no such file\n  check the path\n"), (none.ExitCode, none.Error));
    }

    [Fact]
    public void A_variable_that_is_not_set_is_an_error_unless_it_is_overlooked()
    {
        string file = Write("p.yaml", "logger: { message_name: \"m${BLOBL_TEST_MISSING}\" }\noutput: { drop: {} }\n");
        Assert.Equal(3, Blobl.Run("", "lint", file).ExitCode);
        Assert.Equal(0, Blobl.Run("", "lint", file, "--skip-env-var-check").ExitCode);
    }

    [Fact]
    public void Variables_of_files_are_seen_by_configurations_and_mappings()
    {
        string first = Write("first.env", "BLOBL_TEST_A=1\nBLOBL_TEST_B=2\n");
        string second = Write("second.env", "BLOBL_TEST_B=3\n");
        string file = Write("p.yaml", "input: { generate: { count: 1, interval: '', mapping: 'root = [ \"${BLOBL_TEST_A}\", env(\"BLOBL_TEST_B\"), env(\"BLOBL_TEST_MISSING\") ]' } }\noutput: { stdout: {} }\n");
        string tested = Write("t.yaml", """
            pipeline: { processors: [ { mapping: 'root = env("BLOBL_TEST_B")' } ] }
            output: { drop: {} }
            tests: [ { name: a, input_batch: [ { content: '{}' } ], output_batches: [ [ { content_equals: "3" } ] ] } ]

            """);
        Assert.Equal(0, Blobl.Run("", "test", tested, "-e", first, "-e", second).ExitCode);
        Assert.NotEqual(0, Blobl.Run("", "test", tested, "-e", first).ExitCode);
        try
        {
            Assert.Equal("[\"1\",\"3\",null]\n", Blobl.Run("", "run", file, "-e", first, "-e", second, "-s", "http.enabled=false").Output);
        }
        finally
        {
            // A run brings the variables of its files into its process, which is this one.
            Environment.SetEnvironmentVariable("BLOBL_TEST_A", null);
            Environment.SetEnvironmentVariable("BLOBL_TEST_B", null);
        }
    }

    [Fact]
    public void Raw_substitution_can_change_the_structure()
    {
        string file = Write("p.yaml", "${BLOBL_TEST_MISSING:output: { drop: {}} }\n");
        Assert.Equal(3, Blobl.Run("", "lint", file).ExitCode);
        Blobl.Outcome raw = Blobl.Run("", "echo", file, "--env-raw");
        Assert.Equal(0, raw.ExitCode);
        Assert.Contains("output:\n  drop: {}\n", raw.Output);
    }

    [Fact]
    public void Shared_components_come_from_files_of_their_own_and_values_from_the_command_line()
    {
        string main = Write("main.yaml", "output: { resource: sink }\n");
        Write("shared/sinks.yaml", "output_resources: [ { label: sink, drop: {} } ]\n");
        Assert.Equal(3, Blobl.Run("", "lint", main).ExitCode);
        Assert.Equal(0, Blobl.Run("", "lint", main, "-r", folder + "/shared/*.yaml").ExitCode);
        Assert.Contains("threads: 7\n", Blobl.Run("", "echo", main, "-r", folder + "/shared/*.yaml", "--set", "pipeline.threads=7").Output);
    }

    [Fact]
    public void An_input_that_turns_out_not_to_be_readable_is_told_with_its_place()
    {
        Blobl.Outcome run = Blobl.Run("", "run", Write("p.yaml", $"input: {{ file: {{ paths: [ '{folder}' ] }} }}\noutput: {{ drop: {{}} }}\nhttp: {{ enabled: false }}\n"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("p.yaml:1:10: error P519", run.Error, StringComparison.Ordinal);
        Assert.Contains($"the input file cannot start: cannot read {folder}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_name_the_configuration_of_a_standard_place_is_taken()
    {
        Assert.Contains("stdout:", RunHere("echo"));
        Write("benthos.yaml", "output: { drop: {} }\n");
        Assert.Contains("output:\n  drop: {}\n", RunHere("echo"));
        Write("redpanda-connect.yaml", "output: { reject: odd }\n");
        Assert.Contains("output:\n  reject: odd\n", RunHere("echo"));
        Assert.Contains("output:\n  drop: {}\n", RunHere("echo", "benthos.yaml"));
        Write("redpanda-connect.yaml", "input: { generate: { count: 1, mapping: root = 5 } }\nhttp: { enabled: false }\n");
        Assert.Equal("5\n", RunHere("run", "--log.level", "off"));
    }

    /// <summary>In a process of its own, whose folder is that of the test.</summary>
    private string RunHere(params string[] arguments)
    {
        using Process run = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        string output = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        Assert.Equal(0, run.ExitCode);
        return output;
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
