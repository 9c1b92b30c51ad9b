using Mapping.Functions;

namespace Mapping.Builtins.MessageInfo;

/// <summary>The list of this folder.</summary>
internal static class MessageInfoBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        Batches.Index,
        Batches.Size,
        Batches.From,
        Batches.FromAll,
        Bodies.Content,
        Bodies.Json,
        Flags.Error,
        Flags.Errored,
        Flags.SourceName,
        Flags.SourceLabel,
        Flags.SourcePath,
        Flags.TracingId,
        Flags.TracingSpan,
        Metadata.Typed,
        Metadata.Meta,
        Metadata.RootMeta,
    ];
}
