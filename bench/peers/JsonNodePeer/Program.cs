using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JsonNodePeer;

/// <summary>
/// What bench/mappings/event_project.blobl does, as most programs would have it: a line, a tree of nodes, a new tree, a line.
/// Reads a file or standard input.
/// </summary>
internal static class Program
{
    private const int BufferSize = 128 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static void Main(string[] args)
    {
        using Stream input = args is [var path] ? File.OpenRead(path) : Console.OpenStandardInput();
        using var reader = new StreamReader(input, Utf8, detectEncodingFromByteOrderMarks: false, BufferSize);
        using var writer = new StreamWriter(Console.OpenStandardOutput(), Utf8, BufferSize) { NewLine = "\n" };
        while (reader.ReadLine() is { } line)
        {
            writer.WriteLine(Map(JsonNode.Parse(line)!).ToJsonString(Plain));
        }
    }

    private static JsonObject Map(JsonNode document) => new()
    {
        ["id"] = document["user_id"]?.DeepClone(),
        ["contact"] = new JsonObject { ["email"] = document["email"]!.GetValue<string>().ToLowerInvariant() },
        ["status"] = document["age"]!.GetValue<double>() > 18 ? "adult" : "minor",
    };
}
