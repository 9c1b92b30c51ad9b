using Mapping.Functions;

namespace Mapping.Builtins.MessageInfo;

/// <summary>The list of this folder.</summary>
internal static class MessageInfoBuiltins
{
    public static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new("batch_index() batch_size() .from .from_all", static () => [Batches.Index, Batches.Size, Batches.From, Batches.FromAll]),
        new("content() json()", static () => [Bodies.Content, Bodies.Json]),
        new(
            "error() errored() error_source_name() error_source_label() error_source_path() tracing_id() tracing_span()",
            static () => [Flags.Error, Flags.Errored, Flags.SourceName, Flags.SourceLabel, Flags.SourcePath, Flags.TracingId, Flags.TracingSpan]),
        new("metadata() meta() root_meta()", static () => [Metadata.Typed, Metadata.Meta, Metadata.RootMeta]),
    ];
}
