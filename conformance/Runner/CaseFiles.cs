using System.Text.Json;

namespace Mapping.Conformance.Runner;

/// <summary>Finds and reads case files: YAML topic files and JSON Lines.</summary>
public static class CaseFiles
{
    /// <summary>The folder of command lines, which are no mappings and have a runner of their own.</summary>
    private const string CommandLines = "cli";

    /// <summary>Bodies may hold documents nested far deeper than the usual bound; cases themselves are flat.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1_000 };

    /// <summary>The case files at a path: the file itself, or those of a folder and its subfolders, in a fixed order.</summary>
    public static IReadOnlyList<string> Find(string path)
    {
        if (File.Exists(path))
        {
            return IsCaseFile(path) ? [path] : throw new CaseFormatException($"{path} is neither a .yaml nor a .jsonl file");
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"there is no file or folder {path}", path);
        }

        string[] found = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => IsCaseFile(file) && Path.GetFileName(file) != DifferenceList.FileName && Path.GetFileName(Path.GetDirectoryName(file)) != CommandLines)
            .Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new CaseFormatException($"the folder {path} holds no .yaml or .jsonl file");
    }

    public static IReadOnlyList<ConformanceCase> Load(string file)
    {
        var corpora = new Corpora(Path.GetDirectoryName(Path.GetFullPath(file))!);
        try
        {
            return Path.GetExtension(file) == ".jsonl" ? LoadLines(file, corpora) : LoadTopic(file, corpora);
        }
        catch (CaseFormatException error)
        {
            throw new CaseFormatException($"{file}: {error.Message}", error);
        }
    }

    private static bool IsCaseFile(string path) => Path.GetExtension(path) is ".yaml" or ".yml" or ".jsonl";

    private static List<ConformanceCase> LoadLines(string file, Corpora corpora)
    {
        var cases = new List<ConformanceCase>();
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                cases.Add(CaseReader.Read(JsonDocument.Parse(line, Options).RootElement, corpora));
            }
            catch (JsonException error)
            {
                throw new CaseFormatException($"line {number} is not JSON: {error.Message}", error);
            }
        }

        return cases;
    }

    private static List<ConformanceCase> LoadTopic(string file, Corpora corpora)
    {
        JsonElement root = JsonDocument.Parse(YamlJson.Convert(File.ReadAllText(file)), Options).RootElement;
        return root.ValueKind == JsonValueKind.Array
            ? [.. root.EnumerateArray().Select(data => CaseReader.Read(data, corpora))]
            : throw new CaseFormatException("a topic file must be a list of cases");
    }
}
