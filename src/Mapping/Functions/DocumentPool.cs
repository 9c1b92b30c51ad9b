using Mapping.Values.Json;

namespace Mapping.Functions;

/// <summary>Documents whose message has got another body: their memory serves the next message of the thread.</summary>
internal static class DocumentPool
{
    /// <summary>As many as a batch may hold that is mapped message by message, if they are small.</summary>
    private const int Most = 256;
    private const int MostLarge = 8;
    private const int Large = 64 * 1024;

    [ThreadStatic]
    private static Stack<Document>? idle;

    public static Document Take() => idle is { Count: > 0 } known ? known.Pop() : new Document();

    public static void Return(Document document)
    {
        // The last body would live as long as the document waits.
        document.Forget();
        Stack<Document> known = idle ??= new Stack<Document>();
        if (known.Count < (document.ApproximateBytes > Large ? MostLarge : Most))
        {
            known.Push(document);
        }
    }
}
