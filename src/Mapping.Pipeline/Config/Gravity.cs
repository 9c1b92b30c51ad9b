namespace Mapping.Pipeline.Config;

/// <summary>What a finding means for whoever wants to run the configuration.</summary>
internal enum Gravity
{
    /// <summary>It cannot run.</summary>
    Error,

    /// <summary>It could run, although what is written is wrong.</summary>
    Lint,

    /// <summary>It is right, and may be unwise.</summary>
    Warning,
}
