namespace Mapping.Execution;

/// <summary>How a mapping is run.</summary>
internal enum Tier
{
    /// <summary>Interpreted at once, and compiled in the background once it is worth it.</summary>
    Auto,

    /// <summary>Interpreted always.</summary>
    Interpreter,

    /// <summary>Compiled before its first run, where code can be generated.</summary>
    Compiled,
}
