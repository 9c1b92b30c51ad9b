using System.Text.RegularExpressions;
using Mapping.Testing;

namespace Mapping.Architecture.Tests;

/// <summary>The folders of src/Mapping are floors: a folder uses only what is below it.</summary>
public partial class LayerTests
{
    /// <summary>Each folder with the folders it may use. The root of the project, the facade, may use all.</summary>
    private static readonly Dictionary<string, string[]> Floors = new()
    {
        ["Text"] = [],
        ["Diagnostics"] = ["Text"],
        ["Values"] = ["Text"],
        ["Functions"] = ["Text", "Values"],
        ["Syntax"] = ["Text", "Diagnostics", "Values"],
        ["Ir"] = ["Text", "Values", "Functions"],
        ["Binding"] = ["Text", "Diagnostics", "Values", "Functions", "Syntax", "Ir"],
        ["Execution"] = ["Text", "Values", "Functions", "Ir"],
        ["Builtins"] = ["Text", "Values", "Functions"],
    };

    /// <summary>The same for src/Mapping.Pipeline.</summary>
    private static readonly Dictionary<string, string[]> PipelineFloors = new()
    {
        ["Messages"] = [],
        ["Contracts"] = ["Messages"],
        ["Config"] = ["Messages", "Contracts"],
        ["Graph"] = ["Messages", "Contracts", "Config"],
        ["Running"] = ["Messages", "Contracts", "Config", "Graph"],
        ["Observability"] = ["Messages", "Contracts", "Config", "Graph"],
        ["Components"] = ["Messages", "Contracts", "Config", "Graph", "Observability"],
        ["Reference"] = ["Contracts", "Config", "Graph"],
        ["Testing"] = ["Messages", "Contracts", "Config", "Graph", "Running", "Components"],
        ["Service"] = ["Messages", "Contracts", "Config", "Graph", "Running", "Observability", "Reference"],
    };

    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["src/Mapping/Mapping.csproj"] = [],
        ["src/Mapping.Extras/Mapping.Extras.csproj"] = ["Mapping"],
        ["src/Mapping.Pipeline/Mapping.Pipeline.csproj"] = ["Mapping"],
        ["src/Mapping.Connectors/Mapping.Connectors.csproj"] = ["Mapping", "Mapping.Pipeline"],
        ["src/Mapping.Cli/Mapping.Cli.csproj"] = ["Mapping", "Mapping.Extras", "Mapping.Pipeline", "Mapping.Connectors", "Mapping.Conformance"],
        ["conformance/Mapping.Conformance.csproj"] = ["Mapping"],
    };

    private static readonly string[] PackagesOfMapping =
    [
        "Antlr4.Runtime.Standard", "NodaTime", "YamlDotNet", "System.IO.Hashing", "K4os.Compression.LZ4.Streams", "Snappier", "ZstdSharp.Port", "CsvHelper",
        "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.CodeAnalysis.PublicApiAnalyzers",
    ];

    [Fact]
    public void Arrows_between_folders_point_down_only() => Assert.Empty(Wrong("src/Mapping", "Mapping", Floors));

    [Fact]
    public void Arrows_between_folders_of_the_pipeline_point_down_only() => Assert.Empty(Wrong("src/Mapping.Pipeline", @"Mapping\.Pipeline", PipelineFloors));

    [Fact]
    public void Projects_reference_only_what_the_design_says()
    {
        foreach ((string project, string[] allowed) in Projects)
        {
            string text = File.ReadAllText(Repository.PathOf(project));
            string[] used = [.. ProjectReference().Matches(text).Select(m => m.Groups[1].Value)];
            Assert.Equal(allowed.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        }

        string[] packages = [.. PackageReference().Matches(File.ReadAllText(Repository.PathOf("src/Mapping/Mapping.csproj"))).Select(m => m.Groups[1].Value)];
        Assert.Empty(packages.Except(PackagesOfMapping));
    }

    [Fact]
    public void A_folder_is_a_namespace()
    {
        foreach (string file in Sources("src").Concat(Sources("conformance")))
        {
            Match declared = Namespace().Match(File.ReadAllText(file));
            if (!declared.Success)
            {
                continue;
            }

            string project = Directory.EnumerateFiles(ProjectFolder(file), "*.csproj").Select(p => Path.GetFileNameWithoutExtension(p)!).Single();
            string inside = Path.GetRelativePath(ProjectFolder(file), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            string expected = inside == "." ? project : $"{project}.{inside}";
            Assert.True(declared.Groups[1].Value == expected, $"{Relative(file)} declares {declared.Groups[1].Value}, its folder says {expected}");
        }
    }

    [Fact]
    public void Files_stay_short_and_are_named_for_a_concept()
    {
        foreach (string file in Sources("src").Concat(Sources("conformance")).Concat(Sources("tests")))
        {
            Assert.True(File.ReadLines(file).Count() <= 500, $"{Relative(file)} has more than 500 lines: split it by concept");
            Assert.DoesNotMatch("Helper|Utils|Utility", Path.GetFileName(file));
        }
    }

    [Fact]
    public void No_type_takes_a_name_of_the_platform_that_readers_know()
    {
        foreach (string file in Sources("src"))
        {
            Assert.DoesNotMatch(@"\b(class|record|struct|interface) (Expression|ExecutionContext|Span)\b", File.ReadAllText(file));
        }
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !Regex.IsMatch(f, @"[\\/](bin|obj|Generated)[\\/]"));

    private static List<string> Wrong(string project, string prefix, Dictionary<string, string[]> floors)
    {
        var wrong = new List<string>();
        foreach (string file in Sources(project))
        {
            string folder = Folder(project, file);
            if (folder.Length == 0)
            {
                continue;
            }

            Assert.True(floors.ContainsKey(folder), $"the folder {folder} has no floor; add it to this test");
            wrong.AddRange(UsedFolders(File.ReadAllText(file), prefix, floors.Keys)
                .Where(used => used != folder && !floors[folder].Contains(used))
                .Select(used => $"{Relative(file)} uses {used}"));
        }

        return wrong;
    }

    private static string Folder(string project, string file)
    {
        string inside = Path.GetRelativePath(Repository.PathOf(project), file);
        int slash = inside.IndexOf(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return slash < 0 ? string.Empty : inside[..slash];
    }

    private static string ProjectFolder(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        while (!Directory.EnumerateFiles(folder, "*.csproj").Any())
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    /// <summary>Folders named by using directives or in qualified names; comments do not count.</summary>
    private static IEnumerable<string> UsedFolders(string text, string prefix, IEnumerable<string> folders)
    {
        string code = Regex.Replace(text, "//.*", string.Empty);
        return Regex.Matches(code, $@"\b{prefix}\.({string.Join('|', folders)})\b")
            .Select(m => m.Groups[1].Value)
            .Distinct();
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex("""<ProjectReference Include="[^"]*?([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();

    [GeneratedRegex("""<PackageReference Include="([\w.]+)""")]
    private static partial Regex PackageReference();
}
