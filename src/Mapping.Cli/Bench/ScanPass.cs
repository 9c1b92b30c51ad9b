using System.Text.Json;

namespace Mapping.Cli.Bench;

/// <summary>The yardstick: reads every token of every document and does nothing with it.</summary>
internal sealed class ScanPass(DocumentSet documents) : IPass
{
    private const int Deepest = 10_000;

    public void Run()
    {
        for (int i = 0; i < documents.Count; i++)
        {
            var reader = new Utf8JsonReader(documents[i], new JsonReaderOptions { MaxDepth = Deepest });
            while (reader.Read())
            {
            }
        }
    }
}
