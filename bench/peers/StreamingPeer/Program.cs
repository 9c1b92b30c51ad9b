namespace StreamingPeer;

/// <summary>
/// What bench/mappings/event_project.blobl does, as somebody would write it who counts every allocation: tokens in, tokens
/// out, no line and no document is ever an object. Reads a file or standard input.
/// </summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        using Stream input = args is [var path] ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0) : Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        using var lines = new Lines(input);
        using var projection = new EventProjection(output);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            projection.Map(line);
        }
    }
}
