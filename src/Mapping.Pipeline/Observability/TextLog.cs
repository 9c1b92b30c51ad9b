using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Observability;

/// <summary>A log of lines in logfmt or JSON.</summary>
internal sealed class TextLog : ILog
{
    private readonly TextWriter writer;
    private readonly LoggerOptions options;
    private readonly TimeProvider clock;
    private readonly (string Name, string Value)[] fields;

    public TextLog(TextWriter writer, LoggerOptions options, TimeProvider clock)
        : this(writer, options, clock, PairsOf(options.StaticFields))
    {
    }

    private TextLog(TextWriter writer, LoggerOptions options, TimeProvider clock, (string Name, string Value)[] fields)
    {
        this.writer = writer;
        this.options = options;
        this.clock = clock;
        this.fields = fields;
    }

    public bool IsOn(LogLevel level) => level <= options.Level && options.Level != LogLevel.Off;

    /// <summary>A field that is empty says nothing and is left out.</summary>
    public ILog With(params ReadOnlySpan<(string Name, string Value)> more) => new TextLog(writer, options, clock, Joined(more));

    public void Write(LogLevel level, string message, params ReadOnlySpan<(string Name, string Value)> more)
    {
        if (!IsOn(level))
        {
            return;
        }

        var line = new List<(string Name, string Value)>();
        if (options.AddTimestamp)
        {
            line.Add((options.TimestampName, clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture)));
        }

        line.Add((options.LevelName, level.ToString().ToLowerInvariant()));
        line.Add((options.MessageName, message));
        line.AddRange(fields);
        line.AddRange(more.ToArray());
        string text = options.IsJson ? Json(line) : Logfmt(line);
        lock (writer)
        {
            writer.WriteLine(text);
            writer.Flush();
        }
    }

    private static (string Name, string Value)[] PairsOf(IReadOnlyList<KeyValuePair<string, string>> given)
    {
        var pairs = new (string Name, string Value)[given.Count];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (given[i].Key, given[i].Value);
        }

        return pairs;
    }

    private (string Name, string Value)[] Joined(ReadOnlySpan<(string Name, string Value)> more)
    {
        var joined = new (string Name, string Value)[fields.Length + more.Length];
        fields.CopyTo(joined, 0);
        int count = fields.Length;
        foreach ((string name, string value) in more)
        {
            if (value.Length > 0)
            {
                joined[count++] = (name, value);
            }
        }

        return count == joined.Length ? joined : joined[..count];
    }

    private static string Json(List<(string Name, string Value)> line)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach ((string name, string value) in line)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Logfmt(List<(string Name, string Value)> line)
    {
        var text = new StringBuilder();
        foreach ((string name, string value) in line)
        {
            text.Append(text.Length == 0 ? string.Empty : " ").Append(name).Append('=');
            if (value.Length > 0 && value.AsSpan().IndexOfAny(Quoting.Characters) < 0)
            {
                text.Append(value);
            }
            else
            {
                string escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                    .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
                text.Append('"').Append(escaped).Append('"');
            }
        }

        return text.ToString();
    }

    /// <summary>Of its own, because it takes longer to make than a short run that writes no line can spare.</summary>
    private static class Quoting
    {
        public static readonly SearchValues<char> Characters = SearchValues.Create(" \"=\n\r\t\\");
    }
}
