using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Scanners;

/// <summary><c>to_the_end</c>: a stream is one message.</summary>
internal sealed class ToTheEndScanner : IScanner
{
    public static ComponentType Type { get; } =
        Component.Scanner("to_the_end", "Makes one message of the whole stream.", Component.NoFields, static (_, _) => new ToTheEndScanner());

    public IScan Open(Stream stream, string name) => new Scan(stream);

    private sealed class Scan(Stream stream) : IScan
    {
        private bool isDone;

        public long? Position { get; private set; } = 0;

        public async ValueTask<Batch?> NextAsync(CancellationToken cancellation)
        {
            if (isDone)
            {
                return null;
            }

            using var content = new MemoryStream();
            await stream.CopyToAsync(content, cancellation).ConfigureAwait(false);
            isDone = true;
            Position = content.Length;
            return new Batch(new Message(content.ToArray()));
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
