using Mapping.Values.Json;

namespace Mapping.Functions;

/// <summary>Documents parsed while a message is evaluated (<c>parse_json</c>); used again for the next message.</summary>
internal sealed partial class EvaluationContext
{
    private const int MostKeptDocuments = 64;

    private readonly List<Document> documents = [];
    private int documentsUsed;

    /// <summary>A document to parse into; it, and values read from it, live as long as the arena's content.</summary>
    public Document RentDocument()
    {
        if (documentsUsed == documents.Count)
        {
            documents.Add(new Document(documents.Count + 1) { IsUsedAlone = true });
        }

        return documents[documentsUsed++];
    }

    private void ReturnDocuments()
    {
        if (documents.Count > MostKeptDocuments)
        {
            documents.RemoveRange(MostKeptDocuments, documents.Count - MostKeptDocuments);
        }

        documentsUsed = 0;
    }
}
