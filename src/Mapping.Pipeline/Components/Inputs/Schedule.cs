using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Cronos;
using Mapping.Diagnostics;
using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary>
/// Moments at which something happens: a duration (the first at once), a cron text of five or six fields, <c>@every 5s</c>,
/// <c>@daily</c> and the like with a zone in front as in <c>TZ=Europe/Berlin 0 6 * * *</c>, or nothing, which is all the time.
/// </summary>
internal sealed class Schedule
{
    private readonly TimeSpan? period;
    private readonly CronExpression? cron;
    private readonly TimeZoneInfo zone;
    private DateTimeOffset? last;

    private Schedule(TimeSpan? period, CronExpression? cron, TimeZoneInfo zone)
    {
        this.period = period;
        this.cron = cron;
        this.zone = zone;
    }

    public static FieldType<Func<Schedule>> FieldType { get; } = new ScheduleType();

    /// <summary>How long to wait for the next moment; null when there is none.</summary>
    public TimeSpan? Next(DateTimeOffset now)
    {
        if (cron is null && period is null)
        {
            return TimeSpan.Zero;
        }

        DateTimeOffset? next = cron is not null ? cron.GetNextOccurrence(last is { } before && before > now ? before : now, zone) : last is null ? now : last + period;
        if (next is null)
        {
            return null;
        }

        // Moments that were missed are not made up for.
        last = next > now ? next : now;
        return next > now ? next.Value - now : TimeSpan.Zero;
    }

    private sealed class ScheduleType : FieldType<Func<Schedule>>
    {
        public override string Name => "duration or cron text";

        public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out Func<Schedule> value)
        {
            if (node is not ScalarNode scalar)
            {
                return Mismatch(node, scope, "a duration or a cron text", out value);
            }

            value = Parse(scalar.Text.Trim(), out string? problem);
            if (value is not null)
            {
                return true;
            }

            scope.Problems.Error(DiagnosticCodes.InvalidDuration, node, $"\"{scalar.Text}\" is neither a duration nor a cron text", problem ?? "as in 5s, @every 5s, @daily or 0 6 * * *");
            return false;
        }

        public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("type", "string");

        private static Func<Schedule>? Parse(string text, out string? problem)
        {
            problem = null;
            if (text.Length == 0)
            {
                return static () => new Schedule(null, null, TimeZoneInfo.Utc);
            }

            if (DurationType.TryParse(text.StartsWith("@every ", StringComparison.Ordinal) ? text[7..].Trim() : text, out TimeSpan period))
            {
                return () => new Schedule(period, null, TimeZoneInfo.Utc);
            }

            TimeZoneInfo? zone = TimeZoneInfo.Utc;
            if (text.StartsWith("TZ=", StringComparison.Ordinal) && text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank)
            {
                if (!TimeZoneInfo.TryFindSystemTimeZoneById(text[3..blank], out zone))
                {
                    problem = $"there is no time zone {text[3..blank]}";
                    return null;
                }

                text = text[(blank + 1)..].Trim();
            }

            CronFormat format = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard;
            return CronExpression.TryParse(text, format, out CronExpression? cron) ? () => new Schedule(null, cron, zone) : null;
        }
    }
}
