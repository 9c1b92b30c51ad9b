using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

internal sealed record SleepOptions(TextTemplate Duration);

/// <summary><c>sleep</c>: a pause for every message.</summary>
internal sealed class SleepProcessor(SleepOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<TextTemplate> Duration = Fields.Template("duration", "How long: a duration such as 100ms; a text that is none is logged, and there is no pause.").Example("100ms", "${! this.delay_seconds }s");

    public static ComponentType Type { get; } = new ComponentType<IProcessor, SleepOptions>(
        ComponentKind.Processor,
        "sleep",
        "Waits for every message, one after another.",
        new Shape<SleepOptions>([Duration], read => new SleepOptions(read.Get(Duration)))
            .Rule(static (o, _) => o.Duration.IsConstant && !DurationType.TryParse(o.Duration.Text, out TimeSpan _) ? new Breach($"\"{o.Duration.Text}\" is no duration", Duration, "numbers with units, as in 100ms") : null),
        static (options, context) => new SleepProcessor(options, context))
    {
        Example = """
            input:
              generate: { count: 3, interval: "", mapping: root.id = counter() }
            pipeline:
              processors:
                - sleep: { duration: "${! this.id }ms" }
            output:
              drop: {}
            """,
    };

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            if (!options.Duration.TryResolve(batch, i, out string? text, out string? error))
            {
                context.Log.Write(LogLevel.Error, $"the duration of a sleep failed: {error}");
            }
            else if (!DurationType.TryParse(text, out TimeSpan duration))
            {
                context.Log.Write(LogLevel.Error, $"\"{text}\" is no duration of a sleep");
            }
            else
            {
                await LongPause.WaitAsync(duration, context.Clock, cancellation).ConfigureAwait(false);
            }
        }

        return batch;
    }
}
