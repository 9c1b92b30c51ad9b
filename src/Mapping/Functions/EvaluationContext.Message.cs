using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Functions;

/// <summary>The message being mapped and the documents <c>this</c> and <c>root</c>.</summary>
internal sealed partial class EvaluationContext
{
    private static readonly Message NoMessage = new();

    private Message current = NoMessage;
    private Message[]? alone;
    private Value document;
    private Value root;
    private Value metadata;
    private DocumentState documentState;

    private enum DocumentState
    {
        Unread,
        Readable,
        Unreadable,

        /// <summary>In a mutation: <c>this</c> is the document under construction itself.</summary>
        SameAsRoot,
    }

    /// <summary>The messages that the message functions see.</summary>
    public IReadOnlyList<Message> Batch { get; private set; } = [];

    /// <summary>Which message of the batch is mapped.</summary>
    public int CurrentIndex { get; private set; }

    /// <summary>Which message of the batch the message functions read; <c>from</c> changes it.</summary>
    public int Index { get; set; }

    public bool IsMutation { get; private set; }

    /// <summary>The document under construction, or the result of the running map; nothing until it is assigned.</summary>
    public Value Root
    {
        get => Value.Load(ref root);
        set => Value.Store(ref root, value);
    }

    /// <summary>Metadata of the result, an object; changes of the mapping are visible in it.</summary>
    public Value Metadata
    {
        get => Value.Load(ref metadata);
        set => Value.Store(ref metadata, value);
    }

    public bool IsMetadataChanged { get; set; }

    /// <summary>The memory of the message, if all metadata of the result is made there: it need not be copied then.</summary>
    public Arena? MetadataHome { get; set; }

    /// <summary>The message that message functions read; an empty one when the index is out of range.</summary>
    public Message Message => Index == CurrentIndex ? current : (uint)Index < (uint)Batch.Count ? Batch[Index] : NoMessage;

    /// <summary>The message being mapped.</summary>
    public Message Current => current;

    /// <summary>A batch of one message made of a body; the same message again for the next body, so that it costs nothing.</summary>
    public IReadOnlyList<Message> Alone(ReadOnlyMemory<byte> body)
    {
        alone ??= [new Message()];
        if (MemoryMarshal.TryGetArray(body, out ArraySegment<byte> segment))
        {
            alone[0].Recycle(segment.Array!, segment.Offset, segment.Count);
        }
        else
        {
            alone[0].Body = body;
        }

        return alone;
    }

    /// <summary>Lets go of what the batch of one was about.</summary>
    public void EndAlone() => alone?[0].Clear();

    /// <summary>Metadata of the message that message functions read, an object.</summary>
    public Value InputMetadata => IsMutation && Index == CurrentIndex ? Metadata : ObjectOrEmpty(Message.MetadataObject);

    /// <summary>Whether the message functions look at the document under construction.</summary>
    public bool ReadsRoot => IsMutation && Index == CurrentIndex;

    /// <summary>The document of the message where <c>this</c> is that, has been read and is a container; else null.</summary>
    public Document? PlainDocument { get; private set; }

    /// <summary>The message document as <c>this</c>; an error value when the body is unreadable.</summary>
    public Value Document(FieldPath? path = null) => documentState == DocumentState.Readable ? Value.Load(ref document) : FirstDocument(path);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value FirstDocument(FieldPath? path)
    {
        switch (documentState)
        {
            case DocumentState.SameAsRoot:
                return Root.Frozen();
            case DocumentState.Unread when !ReferenceEquals(current, NoMessage) && current.TryGetDocument(out document):
                documentState = DocumentState.Readable;
                PlainDocument = document.Document;
                return document;
            default:
                documentState = DocumentState.Unreadable;
                return Unreadable(path);
        }
    }

    /// <summary>The message document, or null where it is unreadable.</summary>
    public Value DocumentOrNull()
    {
        Value value = Document();
        return value.IsError ? Value.Null : value;
    }

    /// <summary>Looks a path up in the message document, without marking more of it as shared than is read.</summary>
    public Value ReadDocument(FieldPath path)
    {
        return documentState == DocumentState.Readable ? path.Read(Value.Load(ref document), Arena) : ReadFirstDocument(path);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value ReadFirstDocument(FieldPath path)
    {
        if (documentState == DocumentState.SameAsRoot)
        {
            return path.Read(Root, Arena).Frozen();
        }

        Value value = FirstDocument(path);
        return value.IsError ? value : path.Read(value, Arena);
    }

    /// <summary>Evaluates on a given value instead of a message body.</summary>
    public void SetDocument(Value value)
    {
        document = value;
        documentState = DocumentState.Readable;
        PlainDocument = null;
    }

    /// <summary><c>root = value</c>: in a mutation <c>this</c> keeps the old document. The value is new or frozen.</summary>
    public void ReplaceRoot(Value value)
    {
        if (documentState == DocumentState.SameAsRoot)
        {
            SetDocument(Root.Frozen());
        }

        Root = value;
    }

    private static Value ObjectOrEmpty(Value metadata) => metadata.IsObject ? metadata : EmptyMetadata;

    private static readonly Value EmptyMetadata = Value.FromObject(new ObjectNode { IsFrozen = true });

    /// <summary>From here to the next beginning nothing asks for a message. To store null is cheaper than to store anything else.</summary>
    private void ReleaseMessage()
    {
        Batch = null!;
        current = null!;
        root = default;
        document = default;
        PlainDocument = null;
        documentState = DocumentState.Unreadable;
        if (IsMetadataChanged || !ReferenceEquals(metadata.ObjectNode, EmptyMetadata.ObjectNode))
        {
            metadata = default;
        }
    }

    private void BeginMessage(IReadOnlyList<Message> batch, int index, bool isMutation)
    {
        if (!ReferenceEquals(Batch, batch))
        {
            Batch = batch;
        }

        CurrentIndex = Index = index;
        Message message = batch is Message[] messages
            ? index < messages.Length ? messages[index] : NoMessage
            : index < batch.Count ? batch[index] : NoMessage;
        if (!ReferenceEquals(current, message))
        {
            current = message;
        }

        IsMutation = isMutation;
        Root = Value.Nothing;
        documentState = DocumentState.Unread;
        PlainDocument = null;
        Metadata = ObjectOrEmpty(message.MetadataObject);
        IsMetadataChanged = false;
        MetadataHome = null;
        MapCalls = 0;
        Begin(FrozenDictionary<string, MapRoutine>.Empty);
        if (isMutation && Message.TryGetDocument(out Value original))
        {
            Root = original;
            documentState = DocumentState.SameAsRoot;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value Unreadable(FieldPath? path)
    {
        JsonError? problem = current.Problem;
        string reason = problem is { } known ? $"parse as json: {known.Message} at line {known.Line} column {known.Column}" : "there is no message";
        string target = path is { Length: > 0 } ? $"this.{path}" : "this";
        return Value.FromError(new EvaluationError(ErrorKind.Unreadable, $"unable to reference message as structured (with '{target}'): {reason}")
        {
            CaughtMessage = path is { Length: > 0 } ? $"context was undefined, unable to reference `{path}`" : "context was undefined",
        });
    }
}
