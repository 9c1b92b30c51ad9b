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
    private readonly Lock gate = new();
    private volatile ParseState state;
    private bool isText;

    private enum ParseState
    {
        Unread,
        Readable,
        Unreadable,
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

    internal void SetBody(byte[] buffer, int offset, int count)
    {
        body = buffer;
        start = offset;
        length = count;
        state = ParseState.Unread;
        problem = null;
    }

    /// <summary>Empty again: nothing of the last body is kept alive, and no metadata or error of it is left.</summary>
    internal void Clear()
    {
        SetBody([], 0, 0);
        document?.Forget();
        MetadataObject = default;
        Error = null;
    }

    /// <summary>The parsed body; false when it is no JSON document.</summary>
    internal bool TryGetDocument(out Value root)
    {
        if (isText)
        {
            root = Value.FromUtf8(body, start, length);
            return true;
        }

        if (state == ParseState.Unread)
        {
            Parse();
        }

        root = state == ParseState.Readable ? Value.FromDocument(document!, document!.RootIndex) : default;
        return state == ParseState.Readable;
    }

    /// <summary>Several threads may map one message; the first of them parses it, and the state is published last.</summary>
    private void Parse()
    {
        lock (gate)
        {
            if (state == ParseState.Unread)
            {
                document ??= new Document();
                state = document.TryParse(body, start, length, IsStrictUtf8, out problem) ? ParseState.Readable : ParseState.Unreadable;
            }
        }
    }
}
