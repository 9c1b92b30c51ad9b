namespace Mapping.Pipeline.Contracts;

internal enum LogLevel
{
    Off,
    Fatal,
    Error,
    Warn,
    Info,
    Debug,
    Trace,
    All,
}

/// <summary>Lines for people and collectors.</summary>
internal interface ILog
{
    bool IsOn(LogLevel level);

    void Write(LogLevel level, string message, params ReadOnlySpan<(string Name, string Value)> fields);

    /// <summary>A log whose lines carry more fields.</summary>
    ILog With(params ReadOnlySpan<(string Name, string Value)> fields);
}
