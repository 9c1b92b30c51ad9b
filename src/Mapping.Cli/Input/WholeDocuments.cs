namespace Mapping.Cli.Input;

/// <summary>A single document that is known beforehand: null, or all documents of the input as one.</summary>
internal sealed class WholeDocuments(Func<byte[]> content) : IDocumentReader
{
    private bool isRead;

    public long Line => 1;

    /// <summary>All documents of the readers as one array; as one text if they are plain text.</summary>
    public static WholeDocuments Slurped(IEnumerable<IDocumentReader> readers, bool isText) => new(() =>
    {
        var all = new MemoryStream();
        byte separator = isText ? (byte)'\n' : (byte)',';
        foreach (IDocumentReader reader in readers)
        {
            using (reader)
            {
                while (reader.TryRead(out ArraySegment<byte> document))
                {
                    if (all.Length > 0)
                    {
                        all.WriteByte(separator);
                    }

                    all.Write(document);
                }
            }
        }

        return isText ? [.. all.ToArray(), (byte)'\n'] : [(byte)'[', .. all.ToArray(), (byte)']'];
    });

    public bool TryRead(out ArraySegment<byte> document)
    {
        document = isRead ? default : new ArraySegment<byte>(content());
        (bool first, isRead) = (!isRead, true);
        return first;
    }

    public void Dispose()
    {
    }
}
