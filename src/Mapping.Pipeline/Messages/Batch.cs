using System.Collections;
using Mapping.Functions;

namespace Mapping.Pipeline.Messages;

/// <summary>
/// Messages that move together, in order. Who is given a batch owns its messages and may change them; who keeps a message for
/// later, or hands it out twice, keeps a <see cref="Message.Copy"/>.
/// </summary>
internal sealed class Batch(params Message[] messages) : IReadOnlyList<Message>
{
    public int Count => messages.Length;

    public Message this[int index] => messages[index];

    public static Batch Of(IEnumerable<Message> messages) => new([.. messages]);

    /// <summary>Shares bodies and metadata; either side may then change its messages.</summary>
    public Batch Copy() => new(Array.ConvertAll(messages, static m => m.Copy()));

    /// <summary>As <see cref="Copy"/>, for a batch that is kept and hardly ever read.</summary>
    public Batch CopyApart() => new(Array.ConvertAll(messages, static m => m.CopyApart()));

    public long ByteSize()
    {
        long size = 0;
        foreach (Message message in messages)
        {
            size += message.Body.Length;
        }

        return size;
    }

    public IEnumerator<Message> GetEnumerator() => ((IEnumerable<Message>)messages).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => messages.GetEnumerator();
}
