using System.Runtime.InteropServices;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Functions;

/// <summary>Why a message is flagged as failed, and which component said so.</summary>
public sealed record MessageError(string Text, string? SourceName = null, string? SourceLabel = null, string? SourcePath = null);

/// <summary>One message: a raw body, parsed when first needed and then at most once, metadata, and an error flag.</summary>
public sealed partial class Message
{
    private byte[] body = [];
    private int start;
    private int length;
    private Document? document;
    private JsonError? problem;
    private int state;
    private bool isText;
    private Arena? metadataHome;
    private bool isHomeFree;

    /// <summary>An enumeration but for <see cref="Interlocked"/>.</summary>
    private static class ParseState
    {
        public const int Unread = 0;
        public const int Readable = 1;
        public const int Unreadable = 2;

        /// <summary>A thread is at it; others wait.</summary>
        public const int Parsing = 3;
    }

    public Message()
    {
    }

    public Message(ReadOnlyMemory<byte> body) => Body = body;

    /// <summary>The raw bytes; they must not change while the message or values read from it are in use.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get => body.AsMemory(start, length);
        set
        {
            if (MemoryMarshal.TryGetArray(value, out ArraySegment<byte> segment))
            {
                SetBody(segment.Array!, segment.Offset, segment.Count);
            }
            else
            {
                SetBody(value.ToArray(), 0, value.Length);
            }
        }
    }

    /// <summary>The failure flag; null when the message is fine.</summary>
    public MessageError? Error { get; set; }

    /// <summary>Bytes that are not UTF-8 make the body unreadable, also within strings.</summary>
    public bool IsStrictUtf8 { get; set; }

    /// <summary>The body is plain text: <c>this</c> is a string of it, nothing is parsed.</summary>
    public bool IsText
    {
        get => isText;
        set
        {
            isText = value;
            state = ParseState.Unread;
        }
    }

    /// <summary>Metadata as an object value that owns its memory; null when there is none.</summary>
    internal Value MetadataObject { get; set; }

    /// <summary>What is wrong with the body once it was found unreadable.</summary>
    internal JsonError? Problem => problem;

    /// <summary>
    /// Begins anew with another body and no metadata. Whoever recycles a message vouches that nothing of its last metadata is in use any
    /// more: what the next mapping sets takes its memory.
    /// </summary>
    internal void Recycle(byte[] buffer, int offset, int count)
    {
        SetBody(buffer, offset, count);
        MetadataObject = default;
        (metadataHome ??= new Arena()).Reset();
        isHomeFree = true;
    }

    /// <summary>Keeps the metadata that a mapping made.</summary>
    internal void KeepMetadata(Value metadata)
    {
        MetadataObject = metadata.Detach(isHomeFree ? metadataHome : null);
        isHomeFree = false;
    }

    internal void SetBody(byte[] buffer, int offset, int count)
    {
        body = buffer;
        start = offset;
        length = count;
        state = ParseState.Unread;
        problem = null;
    }

    /// <summary>The parsed body; false when it is no JSON document.</summary>
    internal bool TryGetDocument(out Value root)
    {
        if (isText)
        {
            root = Value.FromUtf8(body, start, length);
            return true;
        }

        int found = Volatile.Read(ref state);
        if (found is ParseState.Unread or ParseState.Parsing)
        {
            found = Parse();
        }

        root = found == ParseState.Readable ? Value.FromDocument(document!, document!.RootIndex) : default;
        return found == ParseState.Readable;
    }

    /// <summary>Several threads may map one message; the first of them parses it, and the state is published last.</summary>
    private int Parse()
    {
        if (Interlocked.CompareExchange(ref state, ParseState.Parsing, ParseState.Unread) != ParseState.Unread)
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref state) != ParseState.Parsing);
            return Volatile.Read(ref state);
        }

        int found = ParseState.Unread;
        try
        {
            document ??= new Document();
            found = document.TryParse(body, start, length, IsStrictUtf8, out problem) ? ParseState.Readable : ParseState.Unreadable;
        }
        finally
        {
            Volatile.Write(ref state, found);
        }

        return found;
    }
}
