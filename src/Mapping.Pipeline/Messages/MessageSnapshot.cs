using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Pipeline.Messages;

/// <summary>A message as it was, to be made again: lighter than a copy, which hardly ever is needed.</summary>
internal readonly struct MessageSnapshot(Message message)
{
    private readonly ReadOnlyMemory<byte> body = message.Body;
    private readonly Value metadata = message.MetadataObject;
    private readonly MessageError? error = message.Error;
    private readonly object? attachment = message.Attachment;
    private readonly bool isNull = message.IsNull;
    private readonly bool isText = message.IsText;
    private readonly bool isStrictUtf8 = message.IsStrictUtf8;

    public Message ToMessage()
    {
        Message message = isNull ? Message.WithoutBody() : new Message(body);
        message.IsText = isText;
        message.IsStrictUtf8 = isStrictUtf8;
        message.MetadataObject = metadata;
        message.Error = error;
        message.Attachment = attachment;
        return message;
    }
}
