using System.Runtime.InteropServices;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Functions;

/// <summary>Why a message is flagged as failed, and which component said so.</summary>
public sealed record MessageError(string Text, string? SourceName = null, string? SourceLabel = null, string? SourcePath = null)
{
    /// <summary>What the host knows about the cause; mappings do not see it.</summary>
    internal object? Cause { get; init; }
}

/// <summary>One message: a raw body, parsed when first needed and then at most once, metadata, and an error flag.</summary>
public sealed partial class Message
{
    private Payload payload = new();
    private bool isText;
    private Arena? metadataHome;
    private bool isHomeFree;

    public Message()
    {
    }

    public Message(ReadOnlyMemory<byte> body) => Body = body;

    /// <summary>The raw bytes; they must not change while the message or values read from it are in use.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get => payload.Body;
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
            if (payload.IsShared)
            {
                payload = payload.Apart();
            }
            else
            {
                payload.Forget();
            }
        }
    }

    /// <summary>There is no body at all, which is not the same as an empty one: a tombstone. Setting a body ends it.</summary>
    internal bool IsNull { get; private set; }

    /// <summary>What the host ties to the message; copies carry it, mappings do not see it.</summary>
    internal object? Attachment { get; set; }

    /// <summary>Metadata as an object value that owns its memory; null when there is none.</summary>
    internal Value MetadataObject { get; set; }

    /// <summary>What is wrong with the body once it was found unreadable.</summary>
    internal JsonError? Problem => payload.Problem;

    /// <summary>A message without a body.</summary>
    internal static Message WithoutBody() => new() { IsNull = true };

    /// <summary>
    /// Begins anew with another body and no metadata. Whoever recycles a message vouches that nothing of its last metadata is in use any
    /// more, for what the next mapping sets takes its memory, and that until it is copied only one thread at a time uses it.
    /// </summary>
    internal void Recycle(byte[] buffer, int offset, int count)
    {
        if (payload.IsShared)
        {
            payload = new Payload();
        }

        payload.Replace(buffer, offset, count);
        IsNull = false;
        MetadataObject = default;
        (metadataHome ??= new Arena()).Reset();
        isHomeFree = true;
    }

    /// <summary>Where the metadata that a mapping makes may live; null if it has to own its memory.</summary>
    internal Arena? FreeMetadataHome => isHomeFree ? metadataHome : null;

    /// <summary>Keeps the metadata that a mapping made.</summary>
    /// <param name="metadata">An object.</param>
    /// <param name="isAtHome">All of it was made in <see cref="FreeMetadataHome"/>.</param>
    internal void KeepMetadata(Value metadata, bool isAtHome)
    {
        MetadataObject = isAtHome ? metadata.Frozen() : metadata.Detach(FreeMetadataHome);
        isHomeFree = false;
    }

    internal void SetBody(byte[] buffer, int offset, int count)
    {
        if (payload.IsShared)
        {
            payload = new Payload();
        }

        payload.Set(buffer, offset, count);
        IsNull = false;
    }

    /// <summary>A message that shares body and metadata until either of the two is given others.</summary>
    internal Message Copy()
    {
        payload.IsShared = true;
        return CopyWith(payload);
    }

    /// <summary>As <see cref="Copy"/>, for a copy that is kept and hardly ever read: each of the two is parsed on its own.</summary>
    internal Message CopyApart() => CopyWith(payload.Apart());

    /// <summary>Empty again: nothing of the last body is kept alive, and no metadata or error of it is left.</summary>
    internal void Clear()
    {
        payload.Clear();
        MetadataObject = default;
        Error = null;
    }

    /// <summary>The parsed body; false when it is no JSON document.</summary>
    internal bool TryGetDocument(out Value root)
    {
        if (isText)
        {
            root = payload.AsText();
            return true;
        }

        return payload.TryGetDocument(IsStrictUtf8, out root);
    }

    private Message(Payload payload) => this.payload = payload;

    private Message CopyWith(Payload body) => new(body)
    {
        isText = isText,
        IsStrictUtf8 = IsStrictUtf8,
        IsNull = IsNull,
        Error = Error,
        MetadataObject = MetadataObject,
        Attachment = Attachment,
    };
}
