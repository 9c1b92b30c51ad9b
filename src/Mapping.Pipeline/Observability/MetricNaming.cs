using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Observability;

/// <summary>
/// The mapping beside a metrics exporter: it sees the name of a metric as <c>this</c> and its labels as metadata, and may rename it, change
/// its labels, or leave it out with <c>deleted()</c>. Run once for each series.
/// </summary>
internal sealed class MetricNaming(CompiledMapping? mapping, ILog log)
{
    private readonly HashSet<string> reported = [];

    /// <summary>The name and labels to use; null when the metric is left out.</summary>
    public (string Name, IReadOnlyList<KeyValuePair<string, string>> Labels)? Resolve(string name, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        (string Name, IReadOnlyList<KeyValuePair<string, string>> Labels)? resolved = mapping is null ? (name, labels) : Map(mapping, name, labels);
        if (resolved is not { } found)
        {
            return null;
        }

        if (!IsName(found.Name, mayHaveColons: true))
        {
            Report($"the metric {name} is left out: \"{found.Name}\" is no name of a metric");
            return null;
        }

        if (found.Labels.FirstOrDefault(l => !IsName(l.Key, mayHaveColons: false)) is { Key: { } wrong })
        {
            Report($"the metric {name} is left out: \"{wrong}\" is no name of a label");
            return null;
        }

        return found;
    }

    /// <summary>A line in the log, once for each text.</summary>
    public void Report(string problem)
    {
        if (reported.Add(problem))
        {
            log.Write(LogLevel.Warn, problem);
        }
    }

    private (string Name, IReadOnlyList<KeyValuePair<string, string>> Labels)? Map(CompiledMapping with, string name, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var message = new Message(Encoding.UTF8.GetBytes(name)) { IsText = true };
        MetadataValues.Set(message, [.. labels.Select(l => (l.Key, Value.FromString(l.Value)))]);
        var output = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = with.Run(new Batch(message), 0, output, out MappingError? error);
        if (error is not null)
        {
            Report($"the mapping of metrics failed for {name}, which keeps its name: {error.Text}");
            return (name, labels);
        }

        string mapped = outcome == MappingOutcome.Mapped ? Encoding.UTF8.GetString(output.WrittenSpan) : name;
        return outcome == MappingOutcome.Deleted ? null : (mapped, LabelsOf(message));
    }

    private static List<KeyValuePair<string, string>> LabelsOf(Message message)
    {
        var labels = new List<KeyValuePair<string, string>>();
        if (message.MetadataObject.IsObject)
        {
            foreach (Member member in message.MetadataObject.Members)
            {
                labels.Add(KeyValuePair.Create(member.Key.ToString(), member.Value.ToString()));
            }
        }

        return labels;
    }

    private static bool IsName(string text, bool mayHaveColons) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_' || (c == ':' && mayHaveColons));
}
