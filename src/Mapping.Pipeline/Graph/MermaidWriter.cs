using System.Globalization;
using System.Text;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>A graph as a Mermaid flow chart: the way of a message from left to right.</summary>
internal sealed class MermaidWriter
{
    private readonly PipelineGraph graph;
    private readonly StringBuilder text = new("flowchart LR\n");
    private readonly Dictionary<ResourceName, string> shared = [];
    private int count;

    private MermaidWriter(PipelineGraph graph) => this.graph = graph;

    public static string Write(PipelineGraph graph)
    {
        var writer = new MermaidWriter(graph);
        string last = writer.Source(graph.Input);
        if (graph.Buffer is { } buffer)
        {
            last = writer.After(last, buffer);
        }

        foreach (ComponentPlan processor in graph.Processing.Processors)
        {
            last = writer.After(last, processor);
        }

        writer.Sink(last, graph.Output);
        return writer.text.ToString();
    }

    /// <summary>Inputs within an input flow into it.</summary>
    private string Source(ComponentPlan input)
    {
        string own = Node(input);
        foreach (ComponentPlan child in input.Children.Where(c => c.Kind == ComponentKind.Input))
        {
            Arrow(Source(child), own);
        }

        return input.Processors.Aggregate(own, After);
    }

    /// <summary>Outputs within an output are where it sends messages.</summary>
    private void Sink(string from, ComponentPlan output)
    {
        string last = output.Processors.Aggregate(from, After);
        string own = Node(output);
        Arrow(last, own);
        foreach (ComponentPlan child in output.Children.Where(c => c.Kind == ComponentKind.Output))
        {
            Sink(own, child);
        }
    }

    private string After(string from, ComponentPlan component)
    {
        string own = Node(component);
        Arrow(from, own);
        return own;
    }

    /// <summary>A shared input or output is drawn once, however often it is named; a processor stands at every place of its use.</summary>
    private string Node(ComponentPlan component)
    {
        if (component.Reference is { } label && graph.Resources.TryGetValue(new ResourceName(component.Kind, label), out ComponentPlan? target))
        {
            if (component.Kind == ComponentKind.Processor)
            {
                return Draw(target);
            }

            if (!shared.TryGetValue(new ResourceName(component.Kind, label), out string? known))
            {
                known = Draw(target);
                shared.Add(new ResourceName(component.Kind, label), known);
            }

            return known;
        }

        return Draw(component);
    }

    private string Draw(ComponentPlan component)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"n{count++}");
        string title = component.Label is null ? component.Type : $"{component.Label}<br/>{component.Type}";
        (string open, string close) = component.Kind switch
        {
            ComponentKind.Input => ("([", "])"),
            ComponentKind.Output => ("[[", "]]"),
            ComponentKind.Buffer => ("[(", ")]"),
            _ => ("[", "]"),
        };
        text.Append(CultureInfo.InvariantCulture, $"  {name}{open}\"{title}\"{close}\n");
        return name;
    }

    private void Arrow(string from, string to) => text.Append(CultureInfo.InvariantCulture, $"  {from} --> {to}\n");
}
