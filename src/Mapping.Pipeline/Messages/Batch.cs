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

    /// <summary>
    /// The messages only travel together: for everybody who handles them each is a batch of its own. Only who says that it takes loose
    /// messages is given such a batch.
    /// </summary>
    public bool IsLoose { get; private init; }

    /// <summary>How many batches it stands for.</summary>
    public int BatchCount => IsLoose ? Count : 1;

    public Message this[int index] => messages[index];

    public static Batch Of(IEnumerable<Message> messages) => new([.. messages]);

    public static Batch Loose(Message[] messages) => new(messages) { IsLoose = true };

    /// <summary>Some of the messages, travelling as these do.</summary>
    public Batch With(IEnumerable<Message> kept) => new([.. kept]) { IsLoose = IsLoose };

    /// <summary>Shares bodies and metadata; either side may then change its messages.</summary>
    public Batch Copy() => new(Array.ConvertAll(messages, static m => m.Copy())) { IsLoose = IsLoose };

    /// <summary>As <see cref="Copy"/>, for a batch that is kept and hardly ever read.</summary>
    public Batch CopyApart() => new(Array.ConvertAll(messages, static m => m.CopyApart())) { IsLoose = IsLoose };

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
