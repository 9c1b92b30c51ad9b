using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Functions;

/// <summary>The raw bytes of a message with their parsed form. Copies of a message share it, so that they are parsed once for all.</summary>
internal sealed class Payload
{
    private byte[] body = [];
    private int start;
    private int length;
    private Document? document;
    private int state;
    private bool isOwned;
    private bool isShared;

    private static class State
    {
        public const int Unread = 0;
        public const int BeingRead = 1;
        public const int Readable = 2;
        public const int Unreadable = 3;
    }

    /// <summary>Several messages hold it: it must not change any more.</summary>
    public bool IsShared
    {
        get => isShared;
        set
        {
            isShared = value;
            if (value && document is not null)
            {
                document.IsUsedAlone = false;
            }
        }
    }

    public ReadOnlyMemory<byte> Body => body.AsMemory(start, length);

    /// <summary>What is wrong with the body once it was found unreadable.</summary>
    public JsonError? Problem { get; private set; }

    public void Set(byte[] buffer, int offset, int count)
    {
        body = buffer;
        start = offset;
        length = count;
        isOwned = false;
        Forget();
    }

    /// <summary>As <see cref="Set"/>; the tape is kept for the new body. Until it is shared, only one thread at a time uses it.</summary>
    public void Replace(byte[] buffer, int offset, int count)
    {
        isOwned = true;
        if (!ReferenceEquals(body, buffer))
        {
            body = buffer;
        }

        start = offset;
        length = count;
        state = State.Unread;
        if (Problem is not null)
        {
            Problem = null;
        }
    }

    /// <summary>Empty again; the tape is kept, but nothing of the text.</summary>
    public void Clear()
    {
        Replace([], 0, 0);
        isOwned = false;
        document?.Forget();
    }

    /// <summary>The same bytes, to be parsed on their own.</summary>
    public Payload Apart() => new() { body = body, start = start, length = length };

    /// <summary>The next reader parses again.</summary>
    public void Forget()
    {
        // Values read from the old body end with it, so that its tape can serve another message.
        if (document is not null)
        {
            DocumentPool.Return(document);
            document = null;
        }

        state = State.Unread;
        Problem = null;
    }

    public Value AsText() => Value.FromUtf8(body, start, length);

    /// <summary>The parsed body; false when it is no JSON document.</summary>
    public bool TryGetDocument(bool strictUtf8, out Value root)
    {
        int known = Volatile.Read(ref state);
        if (known < State.Readable)
        {
            known = Parse(strictUtf8);
        }

        root = known == State.Readable ? Value.FromDocument(document!, document!.RootIndex) : default;
        return known == State.Readable;
    }

    /// <summary>Several threads may map one message; the first of them parses it, the others wait, and the state is published last.</summary>
    private int Parse(bool strictUtf8)
    {
        if (isOwned && !isShared && state == State.Unread)
        {
            return state = ParseNow(strictUtf8, isAlone: true);
        }

        var wait = default(SpinWait);
        while (true)
        {
            int found = Interlocked.CompareExchange(ref state, State.BeingRead, State.Unread);
            switch (found)
            {
                case State.Unread:
                    return ParseForAll(strictUtf8);
                case State.BeingRead:
                    wait.SpinOnce();
                    break;
                default:
                    return found;
            }
        }
    }

    private int ParseForAll(bool strictUtf8)
    {
        int found = State.Unread;
        try
        {
            found = ParseNow(strictUtf8, isAlone: false);
        }
        finally
        {
            // Should parsing throw, the next reader tries again.
            Volatile.Write(ref state, found);
        }

        return found;
    }

    private int ParseNow(bool strictUtf8, bool isAlone)
    {
        Document parsed = document ??= DocumentPool.Take();
        parsed.IsUsedAlone = isAlone;
        bool isReadable = parsed.TryParse(body, start, length, strictUtf8, out JsonError? problem);
        if (!isReadable || Problem is not null)
        {
            Problem = problem;
        }

        return isReadable ? State.Readable : State.Unreadable;
    }
}
