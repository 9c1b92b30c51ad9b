using System.Globalization;
using System.Text;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Observability;

/// <summary>
/// Keeps a failure that goes on from filling the log. Of each component a warning or error is written once a second, whatever numbers
/// are in it, and at most ten different ones; what is left out is counted, and told after the second with the field <c>repeated</c>.
/// </summary>
internal sealed class LogThrottle : IDisposable
{
    private const int MostDifferent = 10;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly Dictionary<FlowName, Flow> flows = [];
    private readonly ITimer timer;

    public LogThrottle(TimeProvider clock)
    {
        this.clock = clock;
        timer = clock.CreateTimer(_ => Tell(all: false), null, Window, Window);
    }

    /// <summary>A log whose warnings and errors are held back when they repeat.</summary>
    public ILog Over(ILog log) => new ThrottledLog(this, log, string.Empty);

    public void Dispose()
    {
        timer.Dispose();
        Tell(all: true);
    }

    private void Write(ILog log, string owner, LogLevel level, string message, ReadOnlySpan<(string Name, string Value)> fields)
    {
        lock (gate)
        {
            var name = new FlowName(owner, level);
            if (!flows.TryGetValue(name, out Flow? flow))
            {
                flows.Add(name, flow = new Flow(log, level) { Start = clock.GetTimestamp() });
            }

            if (clock.GetElapsedTime(flow.Start) >= Window)
            {
                flow.Tell();
                flow.Start = clock.GetTimestamp();
            }

            if (!flow.Admits(message))
            {
                return;
            }
        }

        log.Write(level, message, fields);
    }

    private void Tell(bool all)
    {
        lock (gate)
        {
            foreach (Flow flow in flows.Values.Where(f => all || clock.GetElapsedTime(f.Start) >= Window))
            {
                flow.Tell();
                flow.Start = clock.GetTimestamp();
            }
        }
    }

    /// <summary>Numbers differ from line to line without making it another one.</summary>
    private static string FormOf(string message)
    {
        var form = new StringBuilder(message.Length);
        foreach (char c in message)
        {
            if (!char.IsAsciiDigit(c))
            {
                form.Append(c);
            }
            else if (form.Length == 0 || form[^1] != '#')
            {
                form.Append('#');
            }
        }

        return form.ToString();
    }

    private sealed record FlowName(string Owner, LogLevel Level);

    /// <summary>The lines of one component at one level.</summary>
    private sealed class Flow(ILog log, LogLevel level)
    {
        private readonly HashSet<string> written = [];
        private string last = string.Empty;
        private long held;

        public long Start { get; set; }

        public bool Admits(string message)
        {
            if (written.Count < MostDifferent && written.Add(FormOf(message)))
            {
                return true;
            }

            last = message;
            held++;
            return false;
        }

        public void Tell()
        {
            if (held > 0)
            {
                log.Write(level, last, ("repeated", held.ToString(CultureInfo.InvariantCulture)));
            }

            held = 0;
            written.Clear();
        }
    }

    private sealed class ThrottledLog(LogThrottle throttle, ILog inner, string owner) : ILog
    {
        public bool IsOn(LogLevel level) => inner.IsOn(level);

        public ILog With(params ReadOnlySpan<(string Name, string Value)> fields)
        {
            string name = owner;
            foreach ((string field, string value) in fields)
            {
                name += $"\u0001{field}\u0002{value}";
            }

            return new ThrottledLog(throttle, inner.With(fields), name);
        }

        public void Write(LogLevel level, string message, params ReadOnlySpan<(string Name, string Value)> fields)
        {
            // What a configuration asks for with a log processor is written, however often.
            if (level is not (LogLevel.Error or LogLevel.Warn) || IsAskedFor(fields))
            {
                inner.Write(level, message, fields);
            }
            else if (inner.IsOn(level))
            {
                throttle.Write(inner, owner, level, message, fields);
            }
        }

        private static bool IsAskedFor(ReadOnlySpan<(string Name, string Value)> fields)
        {
            foreach ((string name, string value) in fields)
            {
                if (name == "custom_source" && value == "true")
                {
                    return true;
                }
            }

            return false;
        }
    }
}
