using System.Text.RegularExpressions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <param name="AnyError">Every failure drops.</param>
/// <param name="Patterns">Failures with a text like one of them drop.</param>
/// <param name="Patience">How long a write may take; null for as long as it likes.</param>
/// <param name="Output">What is written to.</param>
internal sealed record DropOnOptions(bool AnyError, IReadOnlyList<string> Patterns, TimeSpan? Patience, ComponentPlan<IOutput> Output);

/// <summary><c>drop_on</c>: what an output does not take is given up.</summary>
internal sealed class DropOnOutput : IOutput
{
    private static readonly Field<bool> Error = Fields.Bool("error", "Drop what the output fails to write, whatever the reason.").Default("false");
    private static readonly Field<IReadOnlyList<string>> Patterns = Fields.Texts("error_patterns", "Drop what it fails to write for a reason that matches one of these regular expressions.").Default("[]").Example("[\"status 4\\\\d\\\\d\"]");

    private static readonly Field<TimeSpan?> BackPressure = Fields.OptionalDuration(
        "back_pressure",
        "Give up what takes longer than this to write, and all that follows until the write has ended: dropped with error, otherwise rejected.").Example("1s");

    private static readonly Field<ComponentPlan<IOutput>> Output = Fields.Output("output", "What is written to.");

    private readonly DropOnOptions options;
    private readonly IComponentContext context;
    private readonly IOutput child;
    private readonly Regex[] patterns;
    private Task? slow;

    private DropOnOutput(DropOnOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        child = context.Build(options.Output);
        patterns = [.. options.Patterns.Select(Pattern)];
    }

    public static ComponentType Type { get; } = new ComponentType<IOutput, DropOnOptions>(
        ComponentKind.Output,
        "drop_on",
        "Drops messages that an output fails to write, instead of rejecting them.",
        new Shape<DropOnOptions>([Error, Patterns, BackPressure, Output], read => new DropOnOptions(read.Get(Error), read.Get(Patterns), read.Get(BackPressure), read.Get(Output)))
            .Rule(static (o, _) => o.AnyError && o.Patterns.Count > 0 ? new Breach("error drops whatever the reason, so patterns have no meaning", Patterns, "leave one of them out") { Gravity = Gravity.Lint } : null)
            .Rule(static (o, _) => !o.AnyError && o.Patterns.Count == 0 && o.Patience is null ? new Breach("nothing says when to drop", null, "set error, error_patterns or back_pressure") : null)
            .Rule(static (o, _) => o.Patterns.FirstOrDefault(p => !IsPattern(p)) is { } wrong ? new Breach($"\"{wrong}\" is no regular expression", Patterns) : null),
        static (options, context) => new DropOnOutput(options, context))
    {
        Description = """
            **Messages can be lost here, and that is the purpose.** What is dropped is counted as `messages_dropped` with the reason
            `drop_on_error` or `drop_on_back_pressure`, and logged as a warning. A slow write that ends after it was given up has written
            its messages all the same.
            """,
        Example = """
            input:
              generate: { count: 5, interval: "", mapping: root.id = counter() }
            output:
              drop_on:
                error: true
                output:
                  reject: nobody wants this
            """,
    };

    // With a bound of time one write after another shows whether the output keeps up.
    public int MaxInFlight => options.Patience is null ? child.MaxInFlight : 1;

    public IReadOnlyList<BatchPolicy> Gathering => child.Gathering;

    public bool TakesFailed => true;

    public ValueTask ConnectAsync(CancellationToken cancellation) => options.Patience is null ? child.ConnectAsync(cancellation) : ValueTask.CompletedTask;

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        try
        {
            if (options.Patience is { } patience)
            {
                await WriteWithinAsync(patience, batch, cancellation).ConfigureAwait(false);
            }
            else
            {
                await child.WriteAsync(batch, cancellation).ConfigureAwait(false);
            }
        }
        catch (TooSlowException)
        {
            if (!options.AnyError)
            {
                throw;
            }

            Drop(batch.Count, "drop_on_back_pressure", "the output is too slow");
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Judge(batch, error);
        }
    }

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private static bool IsPattern(string text)
    {
        try
        {
            _ = Pattern(text);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static Regex Pattern(string text) => new(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private void Judge(Batch batch, Exception error)
    {
        var kept = new Dictionary<int, string>();
        int dropped = 0;
        string why = string.Empty;
        for (int i = 0; i < batch.Count; i++)
        {
            if (!BatchException.Failed(error, i, out string reason))
            {
                continue;
            }

            if (options.AnyError || Array.Exists(patterns, p => p.IsMatch(reason)))
            {
                dropped++;
                why = reason;
            }
            else
            {
                kept.Add(i, reason);
            }
        }

        Drop(dropped, "drop_on_error", why);
        if (kept.Count > 0)
        {
            throw new BatchException(kept);
        }
    }

    private void Drop(int count, string reason, string why)
    {
        if (count > 0)
        {
            context.Dropped(count, reason);
            context.Log.Write(LogLevel.Warn, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} messages are dropped: {why}"));
        }
    }

    private async ValueTask WriteWithinAsync(TimeSpan patience, Batch batch, CancellationToken cancellation)
    {
        if (slow is { IsCompleted: false })
        {
            throw new TooSlowException();
        }

        // It may go on when this returns, so it has messages of its own.
        slow = null;
        Task write = child.WriteAsync(batch.CopyApart(), cancellation).AsTask();
        try
        {
            await write.WaitAsync(patience, context.Clock, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!write.IsCompleted)
        {
            slow = write.ContinueWith(static w => _ = w.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw new TooSlowException();
        }
    }

    private sealed class TooSlowException() : Exception("the output is too slow");
}
