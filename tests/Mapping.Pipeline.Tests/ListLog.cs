using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Tests;

/// <summary>A log that keeps its lines.</summary>
internal sealed class ListLog : ILog
{
    private readonly List<string> lines;
    private readonly string prefix;

    public ListLog()
        : this([], string.Empty)
    {
    }

    private ListLog(List<string> lines, string prefix)
    {
        this.lines = lines;
        this.prefix = prefix;
    }

    public string[] Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    public bool IsOn(LogLevel level) => true;

    public ILog With(params ReadOnlySpan<(string Name, string Value)> fields) => new ListLog(lines, prefix + Text(fields));

    public void Write(LogLevel level, string message, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        lock (lines)
        {
            lines.Add($"{level} {message}{prefix}{Text(fields)}");
        }
    }

    private static string Text(ReadOnlySpan<(string Name, string Value)> fields)
    {
        string text = string.Empty;
        foreach ((string name, string value) in fields)
        {
            text += $" {name}={value}";
        }

        return text;
    }
}
