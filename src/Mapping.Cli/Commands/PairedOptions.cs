namespace Mapping.Cli.Commands;

/// <summary><c>--arg name value</c>: options that take two words, joined to one before the command line is parsed.</summary>
internal static class PairedOptions
{
    private static readonly string[] Names = ["--arg", "--argjson"];

    public static string[] Join(string[] arguments)
    {
        var joined = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            joined.Add(arguments[i]);
            if (arguments[i] == "--")
            {
                joined.AddRange(arguments[(i + 1)..]);
                break;
            }

            if (Names.Contains(arguments[i]) && i + 2 < arguments.Length)
            {
                joined.Add($"{arguments[i + 1]}={arguments[i + 2]}");
                i += 2;
            }
        }

        return [.. joined];
    }
}
