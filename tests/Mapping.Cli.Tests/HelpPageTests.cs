using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Mapping.Binding;
using Mapping.Cli.Catalogue;
using Mapping.Cli.Help;
using Mapping.Diagnostics;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Graph;
using Mapping.Text;

namespace Mapping.Cli.Tests;

/// <summary>Every code has a page, and its examples do what they say.</summary>
public sealed partial class HelpPageTests
{
    private static readonly string[] Known =
        [.. typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetRawConstantValue()!)];

    public static TheoryData<string> Codes => new(Known);

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_failing_example_fails_with_the_code_and_the_mended_one_does_not(string code)
    {
        Assert.True(HelpPages.All.TryGetValue(code, out HelpPage? page), $"{code} has no page in src/Mapping.Cli/Help");
        HelpBlock failing = page.Blocks.Single(block => block.Role.StartsWith("failing", StringComparison.Ordinal));
        HelpBlock mended = page.Blocks.Single(block => block.Role.StartsWith("mended", StringComparison.Ordinal));
        Assert.Contains(code, CodesOf(page, failing));
        Assert.Empty(CodesOf(page, mended, mustRun: page.Blocks.Any(block => block.Role == "input")));
    }

    [Fact]
    public void There_is_no_page_without_a_code() => Assert.Empty(HelpPages.All.Keys.Except(Known));

    private static List<string> CodesOf(HelpPage page, HelpBlock example, bool mustRun = true)
    {
        if (page.Code.StartsWith('P'))
        {
            return CodesOfConfiguration(page, example);
        }

        MappingEnvironment environment = MappingEnvironment.Full.WithImports(example.Role.EndsWith("restricted", StringComparison.Ordinal) ? null : new PageFiles(page));
        environment = example.Role.EndsWith("native", StringComparison.Ordinal) ? environment.Lacking(NativeEdition.Gap) : environment;
        string text = Repetition().Replace(example.Content, match => new string(match.Value[0], int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
        if (!environment.TryCompile(text, out CompiledMapping? mapping, out IReadOnlyList<Diagnostic> diagnostics))
        {
            return [.. diagnostics.Select(diagnostic => diagnostic.Code)];
        }

        string? input = page.Blocks.SingleOrDefault(block => block.Role == "input")?.Content;
        if (!mustRun || input is null)
        {
            return [];
        }

        mapping.Run(Encoding.UTF8.GetBytes(input), new ArrayBufferWriter<byte>(), out MappingError? error);
        return error is null ? [] : [error.Diagnostic.Code];
    }

    /// <summary>What reading a configuration tells, or else running it.</summary>
    private static List<string> CodesOfConfiguration(HelpPage page, HelpBlock example)
    {
        int change = example.Role.IndexOf("--set ", StringComparison.Ordinal);
        var configuration = new Configuration
        {
            Main = new SourceText(example.Content),
            Overrides = change < 0 ? [] : [example.Role[(change + "--set ".Length)..]],
            Variables = static _ => null,
            Environment = MappingEnvironment.Full,
            Advises = page.Code == DiagnosticCodes.NoDeadLetter,
        };
        PipelineGraph? graph = GraphReader.Read(StandardCatalogue.Instance, configuration, out IReadOnlyList<Diagnostic> diagnostics);
        if (graph is null || graph.Input.Type == "stdin")
        {
            return [.. diagnostics.Select(diagnostic => diagnostic.Code)];
        }

        Blobl.Outcome outcome = Blobl.RunConfiguration(example.Content);
        return [.. Regex.Matches(outcome.Error, @"\bP5\d\d\b").Select(match => match.Value)];
    }

    [GeneratedRegex(@".×(\d+)")]
    private static partial Regex Repetition();

    /// <summary>The files of a page; <c>level{n}</c> stands for a file of every number.</summary>
    private sealed class PageFiles(HelpPage page) : IMappingResolver
    {
        public bool TryResolve(string path, string? importer, [NotNullWhen(true)] out SourceText? text, [NotNullWhen(false)] out string? problem)
        {
            text = null;
            problem = null;
            foreach (HelpBlock file in page.Blocks.Where(block => block.Role.StartsWith("file ", StringComparison.Ordinal)))
            {
                Match number = Regex.Match(path, @"\d+");
                string n = number.Value;
                string next = number.Success ? (int.Parse(n, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture) : string.Empty;
                if (file.Role["file ".Length..].Replace("{n}", n, StringComparison.Ordinal) == path)
                {
                    text = new SourceText(file.Content.Replace("{next}", next, StringComparison.Ordinal), path);
                    return true;
                }
            }

            problem = "there is no such file";
            return false;
        }
    }
}
