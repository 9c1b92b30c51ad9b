using System.Text;
using System.Text.Json;
using Mapping.Functions;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Testing;

/// <summary>What is to hold for one message, one condition after another in the order of their names.</summary>
/// <param name="expected">The conditions.</param>
/// <param name="folder">Where files are looked for.</param>
/// <param name="environment">Compiles regular expressions.</param>
internal sealed class MessageCheck(TestExpectation expected, string folder, MappingEnvironment environment)
{
    public List<string> Failures { get; } = [];

    public List<Correction> Corrections { get; } = [];

    public void Run(Batch batch, int index)
    {
        Message message = batch[index];
        string body = Encoding.UTF8.GetString(message.Body.Span);
        if (expected.Holds is { } holds && !Condition.Holds(holds, batch, index, out string? reason))
        {
            Failures.Add("bloblang: " + (reason is null ? "the mapping gave false" : reason) + $"\n{Indent(JsonComparison.OneLine(message.Body))}");
        }

        Text("content_equals", expected.ContentEquals, body);
        if (expected.ContentMatches is { } pattern && !Matches(pattern, body))
        {
            Failures.Add($"content_matches: the pattern {pattern} is nowhere in\n{Indent(body)}");
        }

        FromFile("file_equals", expected.FileEquals, (path, content) =>
        {
            if (content != body)
            {
                Differ("file_equals", content, body);
                Corrections.Add(new Correction(path, null, body));
            }
        });
        FromFile("file_json_contains", expected.FileJsonContains, (path, content) => Json("file_json_contains", Encoding.UTF8.GetBytes(content), message, isPart: true, path, at: null));
        FromFile("file_json_equals", expected.FileJsonEquals, (path, content) => Json("file_json_equals", Encoding.UTF8.GetBytes(content), message, isPart: false, path, at: null));
        if (expected.JsonContains is { } part)
        {
            Json("json_contains", Wanted(part, message), message, isPart: true, part.Source.Name!, part);
        }

        if (expected.JsonEquals is { } whole)
        {
            Json("json_equals", Wanted(whole, message), message, isPart: false, whole.Source.Name!, whole);
        }

        foreach ((string name, ConfigNode value) in expected.Metadata ?? [])
        {
            Metadata(message, name, value);
        }
    }

    private static string Indent(string text) => string.Join("\n", text.TrimEnd('\n').Split('\n').Select(line => "  " + line));

    /// <summary>A text that is a JSON document stands for it, unless the message is that text.</summary>
    private static byte[] Wanted(ConfigNode node, Message message) =>
        node is ScalarNode { Kind: ScalarKind.String } text && message.Body.Span is not [(byte)'"', ..] && JsonComparison.TryParse(Encoding.UTF8.GetBytes(text.Text), out _)
            ? Encoding.UTF8.GetBytes(text.Text)
            : NodeJson.ToBytes(node);

    private void Differ(string condition, string wanted, string found) => Failures.Add($"{condition}: - expected, + found\n{Indent(LineDifference.Of(wanted, found))}");

    private void Text(string condition, string? wanted, string body)
    {
        if (wanted is null || wanted == body)
        {
            return;
        }

        Differ(condition, wanted, body);
        Correct(expected.Node[condition]!, YamlText.Quote(body));
    }

    private void Json(string condition, byte[] wantedText, Message message, bool isPart, string path, ConfigNode? at)
    {
        if (!JsonComparison.TryParse(wantedText, out JsonElement wanted))
        {
            Failures.Add($"{condition}: what is expected is no JSON document");
            return;
        }

        bool isJson = JsonComparison.TryParse(message.Body, out JsonElement found);
        if (isJson && (isPart ? JsonComparison.Contains(found, wanted) : JsonElement.DeepEquals(found, wanted)))
        {
            return;
        }

        string shown = isJson ? (isPart ? JsonComparison.Show(found, wanted) : JsonComparison.Show(found)) : Encoding.UTF8.GetString(message.Body.Span);
        Differ(condition, JsonComparison.Show(wanted), shown);
        if (!isJson)
        {
            return;
        }

        string corrected = isPart ? JsonComparison.OneLine(Encoding.UTF8.GetBytes(shown)) : JsonComparison.OneLine(message.Body);
        if (at is null)
        {
            Corrections.Add(new Correction(path, null, corrected + "\n"));
        }
        else
        {
            Correct(at, corrected);
        }
    }

    private void Metadata(Message message, string name, ConfigNode wanted)
    {
        Value found = default;
        bool isThere = false;
        if (message.MetadataObject.IsObject)
        {
            foreach (Member member in message.MetadataObject.Members)
            {
                if (member.Key.ToString() == name)
                {
                    (found, isThere) = (member.Value, true);
                }
            }
        }

        if (!isThere)
        {
            Failures.Add($"metadata_equals: {name} is not set, expected {Shown(wanted)}");
        }
        else if (found.ToString() != ((wanted as ScalarNode)?.Text ?? Shown(wanted)))
        {
            Failures.Add($"metadata_equals: {name} is {YamlText.Quote(found.ToString())}, expected {Shown(wanted)}");
            Correct(wanted, YamlText.Quote(found.ToString()));
        }
    }

    private static string Shown(ConfigNode node) => Encoding.UTF8.GetString(NodeJson.ToBytes(node));

    private bool Matches(string pattern, string body)
    {
        CompiledMapping match = environment.Compile($"root = content().string().re_match({YamlText.Quote(pattern)})");
        return Condition.Holds(match, new Batch(new Message(Encoding.UTF8.GetBytes(body))), 0, out _);
    }

    private void FromFile(string condition, string? name, Action<string, string> check)
    {
        if (name is null)
        {
            return;
        }

        string path = Path.Combine(folder, name);
        try
        {
            check(path, File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failures.Add($"{condition}: {path} cannot be read: {error.Message}");
        }
    }

    private void Correct(ConfigNode at, string text) => Corrections.Add(NodeEdit.Replace(at, text));
}
