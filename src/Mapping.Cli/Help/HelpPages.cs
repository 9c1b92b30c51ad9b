using System.Reflection;

namespace Mapping.Cli.Help;

/// <summary>
/// The pages of the diagnostic codes, read from the Markdown beside this file: a heading <c>## CODE: title</c> begins a page, and the
/// info string of a fence tells the language and the role of an example.
/// </summary>
internal static class HelpPages
{
    private const string Fence = "```";

    private static readonly Lazy<Dictionary<string, HelpPage>> Pages = new(() => Load().ToDictionary(page => page.Code, StringComparer.OrdinalIgnoreCase));

    public static IReadOnlyDictionary<string, HelpPage> All => Pages.Value;

    private static IEnumerable<HelpPage> Load()
    {
        Assembly assembly = typeof(HelpPages).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".md", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            foreach (string section in reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n## ").Skip(1))
            {
                yield return Parse(section);
            }
        }
    }

    private static HelpPage Parse(string section)
    {
        string[] lines = section.TrimEnd().Split('\n');
        string[] heading = lines[0].Split(": ", 2);
        var text = new List<string> { $"{heading[0]}: {heading[1]}" };
        var blocks = new List<HelpBlock>();
        for (int i = 1; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                text.Add(lines[i]);
                continue;
            }

            // "```blobl failing": the language is for readers of the file, the role for us.
            string role = lines[i][(lines[i].IndexOf(' ', StringComparison.Ordinal) + 1)..];
            int start = ++i;
            while (lines[i] != Fence)
            {
                i++;
            }

            string[] content = lines[start..i];
            blocks.Add(new HelpBlock(role, string.Join('\n', content)));
            text.Add(Caption(role));
            text.AddRange(content.Select(line => $"    {line}".TrimEnd()));
        }

        return new HelpPage(heading[0], heading[1], string.Join('\n', text), blocks);
    }

    private static string Caption(string role) => role switch
    {
        "failing" => "Fails:",
        "failing restricted" => "Fails where the host allows no imports:",
        "mended" => "Mended:",
        _ when role.StartsWith("failing --set ", StringComparison.Ordinal) => $"Fails with {role["failing ".Length..]}:",
        _ when role.StartsWith("mended --set ", StringComparison.Ordinal) => $"Mended, with {role["mended ".Length..]}:",
        "input" => "With the document:",
        _ => $"With the file {role["file ".Length..]}:",
    };
}
