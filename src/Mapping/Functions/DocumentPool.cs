using Mapping.Values.Json;

namespace Mapping.Functions;

/// <summary>Documents whose message has got another body: their memory serves the next message of the thread.</summary>
internal static class DocumentPool
{
    private const int Most = 8;

    [ThreadStatic]
    private static Stack<Document>? idle;

    public static Document Take() => idle is { Count: > 0 } known ? known.Pop() : new Document();

    public static void Return(Document document)
    {
        Stack<Document> known = idle ??= new Stack<Document>(Most);
        if (known.Count < Most)
        {
            known.Push(document);
        }
    }
}
