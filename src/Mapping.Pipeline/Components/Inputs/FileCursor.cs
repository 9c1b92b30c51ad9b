using System.Text.Json;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary>
/// Positions in files that survive the program: a small JSON file that is replaced as a whole. Writing is put off, so that many
/// commits cost one; what is lost by that is only read again.
/// </summary>
internal sealed class FileCursor : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private readonly string path;
    private readonly Lock gate = new();
    private readonly Lock writing = new();
    private readonly Dictionary<string, long> positions = [];
    private readonly ITimer timer;
    private bool isScheduled;
    private bool isChanged;

    public FileCursor(string path, TimeProvider clock)
    {
        this.path = path;
        timer = clock.CreateTimer(_ => Save(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads what an earlier run left, and tries that it can be written.</summary>
    public void Load()
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            if (!File.Exists(path))
            {
                Write("{}"u8.ToArray());
                return;
            }

            using JsonDocument saved = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (JsonProperty file in saved.RootElement.EnumerateObject())
            {
                positions[file.Name] = file.Value.GetInt64();
            }
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new StartException($"cannot keep a position in {path}: {error.Message.TrimEnd('.')}", "check the path and its permissions");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new StartException($"{path} is no file of positions", "name another file, or remove this one to read everything again");
        }
    }

    /// <summary>Where to go on; 0 when the file is shorter than it was, and thus another one.</summary>
    public long PositionOf(string file, long size)
    {
        lock (gate)
        {
            return positions.TryGetValue(file, out long position) && position <= size ? position : 0;
        }
    }

    public void Commit(string file, long position)
    {
        lock (gate)
        {
            positions[file] = position;
            isChanged = true;
            if (!isScheduled)
            {
                isScheduled = true;
                timer.Change(Delay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        Save();
    }

    private void Save()
    {
        lock (writing)
        {
            byte[] content;
            lock (gate)
            {
                isScheduled = false;
                if (!isChanged)
                {
                    return;
                }

                isChanged = false;
                using var buffer = new MemoryStream();
                using (var json = new Utf8JsonWriter(buffer))
                {
                    json.WriteStartObject();
                    foreach ((string file, long position) in positions)
                    {
                        json.WriteNumber(file, position);
                    }

                    json.WriteEndObject();
                }

                content = buffer.ToArray();
            }

            Write(content);
        }
    }

    /// <summary>A crash leaves the old content or the new, never a part.</summary>
    private void Write(byte[] content)
    {
        string temporary = path + ".part";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
