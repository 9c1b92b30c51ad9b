using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mapping.Functions;
using RadLine;

namespace Mapping.Cli.Repl;

/// <summary>What can stand at the cursor: methods and fields after a point, variables after a dollar sign, otherwise functions and fields.</summary>
internal sealed partial class MappingCompletion(Session session, IEnumerable<string> commands) : ITextCompletion
{
    private static readonly string[] Words = ["this", "root", "let", "meta", "map", "import", "if", "else", "match", "true", "false", "null"];

    /// <summary>
    /// The editor replaces only <paramref name="word"/>, whose idea of a word may be shorter than a name with underscores; what
    /// stands before it is left off.
    /// </summary>
    public IEnumerable<string>? GetCompletions(string prefix, string word, string suffix)
    {
        string before = prefix + word;
        int kept = Name().Match(before).Length - word.Length;
        return kept < 0 ? null : Complete(before).Select(name => name[kept..]);
    }

    /// <summary>The whole names that may continue a text, sorted.</summary>
    public IReadOnlyList<string> Complete(string before)
    {
        string name = Name().Match(before).Value;
        string rest = before[..^name.Length];
        return [.. Candidates(rest).Where(candidate => candidate.StartsWith(name, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    private IEnumerable<string> Candidates(string before)
    {
        Registry registry = Environments.Full.Registry;
        return before switch
        {
            ":" => commands,
            [.., '$'] => session.Variables.Where(name => !name.Quoted).Select(name => name.Text),
            [.., '.'] => registry.Methods.Keys.Concat(FieldsAt(Path().Match(before).Groups[1].Value)),
            _ => registry.Functions.Keys.Concat(Words).Concat(FieldsAt("this")),
        };
    }

    /// <summary>The fields of the object at a path; only names that need no quotes.</summary>
    private IEnumerable<string> FieldsAt(string path)
    {
        string[] parts = path.Split('.');
        bool isRoot = parts[0] == "root";
        JsonNode? node = Parse(isRoot ? session.Root() : System.Text.Encoding.UTF8.GetString(session.Documents.Current));
        foreach (string part in isRoot || parts[0] == "this" ? parts.Skip(1) : parts)
        {
            node = (node as JsonObject)?[part];
        }

        return (node as JsonObject)?.Select(member => member.Key).Where(key => PlainName().IsMatch(key)) ?? [];
    }

    private static JsonNode? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"[A-Za-z0-9_]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"((?:[A-Za-z_]\w*)(?:\.\w+)*)\.\z")]
    private static partial Regex Path();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex PlainName();
}
