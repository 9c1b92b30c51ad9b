using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>The section <c>logger</c>.</summary>
internal static class LoggerShape
{
    private static readonly Field<LogLevel> Level = Fields.Choice(
        "level",
        "The least important lines that are still written.",
        ("OFF", LogLevel.Off),
        ("FATAL", LogLevel.Fatal),
        ("ERROR", LogLevel.Error),
        ("WARN", LogLevel.Warn),
        ("INFO", LogLevel.Info),
        ("DEBUG", LogLevel.Debug),
        ("TRACE", LogLevel.Trace),
        ("ALL", LogLevel.All),
        ("NONE", LogLevel.Off)).Default("INFO");

    private static readonly Field<bool> Format = Fields.Choice("format", "How a line is written.", ("logfmt", false), ("json", true)).Default("logfmt");
    private static readonly Field<bool> AddTimestamp = Fields.Bool("add_timestamp", "Lines begin with the time.").Default("true").Advanced();
    private static readonly Field<string> TimestampName = Fields.Text("timestamp_name", "The field of the time.").Default("time").Advanced();
    private static readonly Field<string> LevelName = Fields.Text("level_name", "The field of the level.").Default("level").Advanced();
    private static readonly Field<string> MessageName = Fields.Text("message_name", "The field of the text.").Default("msg").Advanced();
    private static readonly Field<IReadOnlyList<KeyValuePair<string, string>>> StaticFields =
        Fields.Map("static_fields", Fields.TextValue, "Fields of every line.").Default("\"@service\": mapping").Advanced();

    private static readonly Field<string> FilePath = Fields.Text("path", "The file that lines are appended to.").Default("\"\"");
    private static readonly Field<bool> Rotate = Fields.Bool("rotate", "A file of 10 MB is set aside, compressed; one such is kept.").Default("false");
    private static readonly Field<long> MostAge = Fields.Integer("rotate_max_age_days", "Days after which what was set aside is removed; 0 for never.", least: 0).Default("0");

    private static readonly Field<LogFileOptions?> File = Fields.Group(
        "file",
        new Shape<LogFileOptions?>([FilePath, Rotate, MostAge], read => read.Get(FilePath).Length == 0 ? null : new LogFileOptions(read.Get(FilePath), read.Get(Rotate), read.Get(MostAge))),
        "Lines go to a file instead of the standard streams.").Optional().Advanced();

    public static Shape<LoggerOptions> Shape { get; } = new(
        [Level, Format, AddTimestamp, TimestampName, LevelName, MessageName, StaticFields, File],
        read => new LoggerOptions(
            read.Get(Level),
            read.Get(Format),
            read.Get(AddTimestamp),
            read.Get(TimestampName),
            read.Get(LevelName),
            read.Get(MessageName),
            read.Get(StaticFields))
        {
            File = read.Get(File),
        });
}
