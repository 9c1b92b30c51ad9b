using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <param name="Mapping">Makes a message; nothing or a deleted one makes none this time.</param>
/// <param name="Schedule">When.</param>
/// <param name="Count">Messages in all; 0 for no end.</param>
/// <param name="BatchSize">Messages each time.</param>
/// <param name="ReplaysRejected">Rejected messages are delivered again.</param>
internal sealed record GenerateOptions(CompiledMapping Mapping, Func<Schedule> Schedule, long Count, long BatchSize, bool ReplaysRejected);

/// <summary><c>generate</c>: messages out of nothing, on a schedule.</summary>
internal sealed class GenerateInput(GenerateOptions options, IComponentContext context) : IInput
{
    private static readonly Field<CompiledMapping?> Mapping = new Field<CompiledMapping?>("mapping", Fields.ScriptValue, "Makes a message; there is no document to read.").Example("root.id = counter()");
    private static readonly Field<Func<Schedule>> Interval = new Field<Func<Schedule>>("interval", Schedule.FieldType, "How often: a duration, a cron text, or empty for as fast as messages are taken.").Default("1s").Example("\"@every 5s\"", "\"0 6 * * *\"");
    private static readonly Field<long> Count = Fields.Integer("count", "Messages to make; 0 for no end.", least: 0).Default("0");
    private static readonly Field<long> BatchSize = Fields.Integer("batch_size", "Messages to make each time, as one batch.", least: 1, most: 1_000_000).Default("1");

    private readonly Schedule schedule = options.Schedule();
    private long made;

    public static ComponentType Type { get; } = Component.Input(
        "generate",
        "Makes messages with a mapping, on a schedule.",
        new Shape<GenerateOptions>(
            [Mapping, Interval, Count, BatchSize, SharedFields.AutoReplayNacks],
            read => new GenerateOptions(read.Get(Mapping)!, read.Get(Interval), read.Get(Count), read.Get(BatchSize), read.Get(SharedFields.AutoReplayNacks))),
        static (options, context) => new GenerateInput(options, context));

    public bool ReplaysRejected => options.ReplaysRejected;

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        while (options.Count == 0 || made < options.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            if (schedule.Next(context.Clock.GetUtcNow()) is not { } pause)
            {
                return null;
            }

            if (pause > TimeSpan.Zero)
            {
                await LongPause.WaitAsync(pause, context.Clock, cancellation).ConfigureAwait(false);
            }

            long size = options.Count == 0 ? options.BatchSize : Math.Min(options.BatchSize, options.Count - made);
            made += size;
            var messages = new List<Message>();
            for (long i = 0; i < size; i++)
            {
                Make(messages);
            }

            if (messages.Count > 0)
            {
                return new Delivery(Batch.Of(messages));
            }
        }

        return null;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Make(List<Message> messages)
    {
        var message = Message.WithoutBody();
        MappingResult result = MappingResult.Of(options.Mapping, new Batch(message), 0);
        if (result.Error is { } error)
        {
            context.Log.Write(LogLevel.Error, $"no message was made: {error}");
        }
        else if (result.ApplyTo(message) && !message.Body.Span.SequenceEqual("null"u8) && result.HasBody)
        {
            messages.Add(message);
        }
    }
}
