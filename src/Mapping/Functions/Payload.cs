using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Functions;

/// <summary>The raw bytes of a message with their parsed form. Copies of a message share it, so that they are parsed once for all.</summary>
internal sealed class Payload
{
    private readonly Lock gate = new();
    private byte[] body = [];
    private int start;
    private int length;
    private Document? document;
    private volatile ParseState state;

    private enum ParseState
    {
        Unread,
        Readable,
        Unreadable,
    }

    /// <summary>Several messages hold it: it must not change any more.</summary>
    public bool IsShared { get; set; }

    public ReadOnlyMemory<byte> Body => body.AsMemory(start, length);

    /// <summary>What is wrong with the body once it was found unreadable.</summary>
    public JsonError? Problem { get; private set; }

    public void Set(byte[] buffer, int offset, int count)
    {
        body = buffer;
        start = offset;
        length = count;
        Forget();
    }

    /// <summary>The next reader parses again.</summary>
    public void Forget()
    {
        state = ParseState.Unread;
        Problem = null;
    }

    public Value AsText() => Value.FromUtf8(body, start, length);

    /// <summary>The parsed body; false when it is no JSON document.</summary>
    public bool TryGetDocument(bool strictUtf8, out Value root)
    {
        if (state == ParseState.Unread)
        {
            Parse(strictUtf8);
        }

        root = state == ParseState.Readable ? Value.FromDocument(document!, document!.RootIndex) : default;
        return state == ParseState.Readable;
    }

    /// <summary>Several threads may map one message; the first of them parses it, and the state is published last.</summary>
    private void Parse(bool strictUtf8)
    {
        lock (gate)
        {
            if (state == ParseState.Unread)
            {
                document ??= new Document();
                bool readable = document.TryParse(body, start, length, strictUtf8, out JsonError? problem);
                Problem = problem;
                state = readable ? ParseState.Readable : ParseState.Unreadable;
            }
        }
    }
}
