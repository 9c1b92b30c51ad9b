using System.Text;
using System.Text.Json;
using Mapping.Conformance.Runner;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>The table of command lines in <c>conformance/cli</c>: arguments, input and files, and all that comes out.</summary>
public class CommandTableTests
{
    private const string FolderMark = "{dir}";

    public static TheoryData<string> Topics => [.. TopicNames];

    private static string[] TopicNames =>
        [.. Directory.EnumerateFiles(Repository.PathOf("conformance", "cli"), "*.yaml").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_command_line_of_the_topic_gives_what_the_table_says(string topic)
    {
        var wrong = new List<string>();
        foreach (JsonElement row in Rows(topic))
        {
            if (Run(row) is { } difference)
            {
                wrong.Add($"{row.GetProperty("id").GetString()}: {difference}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Every_command_is_made_by_its_own_name()
    {
        using var streams = new StandardStreams(Stream.Null, Stream.Null, TextWriter.Null);
        Assert.All(CommandLine.Commands, command => Assert.Equal(command.Name, command.Create(streams).Name));
    }

    [Fact]
    public void The_table_is_large_and_its_ids_are_unique()
    {
        string[] ids = [.. TopicNames.SelectMany(t => Rows(t)).Select(r => r.GetProperty("id").GetString()!)];
        Assert.True(ids.Length >= 120, $"{ids.Length} rows");
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Every_option_of_exec_and_every_exit_code_appears()
    {
        JsonElement[] rows = [.. TopicNames.SelectMany(t => Rows(t))];
        string[] words = [.. rows.SelectMany(r => r.GetProperty("args").EnumerateArray()).Select(a => a.GetString()!)];
        string help = Blobl.Run("", "exec", "--help").Output;
        foreach (System.Text.RegularExpressions.Match option in System.Text.RegularExpressions.Regex.Matches(help, "(?m)(?<=^  |, )--?[a-zA-Z][a-z0-9-]*"))
        {
            Assert.True(option.Value is "-h" or "--help" || words.Any(w => w == option.Value || (option.Value.Length == 2 && w.StartsWith("-p", StringComparison.Ordinal) && w.Contains(option.Value[1]))), $"no row uses {option.Value}");
        }

        Assert.Equal([0, 1, 2, 3, 4], rows.Select(r => r.GetProperty("exit").GetInt32()).Distinct().Order());
    }

    private static JsonElement.ArrayEnumerator Rows(string topic) =>
        JsonDocument.Parse(YamlJson.Convert(File.ReadAllText(Repository.PathOf("conformance", "cli", topic)))).RootElement.EnumerateArray();

    private static string? Run(JsonElement row)
    {
        string folder = Directory.CreateTempSubdirectory("blobl").FullName;
        try
        {
            WriteFiles(row, folder);
            string[] arguments = [.. row.GetProperty("args").EnumerateArray().Select(a => a.GetString()!.Replace(FolderMark, folder, StringComparison.Ordinal))];
            Blobl.Outcome outcome = Blobl.Run(Text(row, "stdin"), arguments);
            return Difference("stdout", Text(row, "stdout"), outcome.Output, folder)
                ?? Difference("stderr", Text(row, "stderr"), outcome.Error, folder)
                ?? Difference("exit", $"{row.GetProperty("exit").GetInt32()}", $"{outcome.ExitCode}", folder)
                ?? FilesAfter(row, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteFiles(JsonElement row, string folder)
    {
        if (!row.TryGetProperty("files", out JsonElement files))
        {
            return;
        }

        foreach (JsonProperty file in files.EnumerateObject())
        {
            byte[] content = file.Value.ValueKind == JsonValueKind.Object
                ? Convert.FromBase64String(file.Value.GetProperty("base64").GetString()!)
                : Encoding.UTF8.GetBytes(file.Value.GetString()!);
            File.WriteAllBytes(Path.Combine(folder, file.Name), content);
        }
    }

    private static string? FilesAfter(JsonElement row, string folder)
    {
        string[] expected = row.TryGetProperty("files", out JsonElement before) ? [.. before.EnumerateObject().Select(f => f.Name)] : [];
        if (row.TryGetProperty("files_after", out JsonElement after))
        {
            foreach (JsonProperty file in after.EnumerateObject())
            {
                string path = Path.Combine(folder, file.Name);
                if (Difference(file.Name, file.Value.GetString()!, File.Exists(path) ? File.ReadAllText(path) : "(missing)", folder) is { } difference)
                {
                    return difference;
                }
            }

            expected = [.. expected.Union(after.EnumerateObject().Select(f => f.Name))];
        }

        string[] left = [.. Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)!).Except(expected)];
        return left.Length == 0 ? null : "left behind: " + string.Join(", ", left);
    }

    private static string? Difference(string what, string expected, string actual, string folder)
    {
        string shown = actual.Replace(folder, FolderMark, StringComparison.Ordinal);
        return shown == expected ? null : $"{what} differs\n--- expected\n{expected}\n--- actual\n{shown}";
    }

    private static string Text(JsonElement row, string field) => row.TryGetProperty(field, out JsonElement value) ? value.GetString()! : string.Empty;
}
