using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.MessageInfo;

/// <summary><c>metadata</c>, <c>meta</c>, <c>root_meta</c>.</summary>
internal static class Metadata
{
    private static readonly Value All = Value.FromString("");

    public static readonly Builtin Typed = BuiltinBuilder
        .Function("metadata", Category.MessageInfo, "Gives a metadata value of the message, or null; without a key all of them.")
        .Parameter("key", ParameterType.String, "The name of the value.", All)
        .Example("", "root.v = metadata(\"unset\")", ("{}", """{"v":null}"""))
        .Example("Not changed by the mapping itself.", "meta k = \"new\"\nroot.all = metadata()", ("{}", """{"all":{}}"""))
        .FunctionBody(static (EvaluationContext context, Value key) => Read(context.InputMetadata, key));

    public static readonly Builtin Meta = BuiltinBuilder
        .Function("meta", Category.Deprecated, "Gives a metadata value of the message as text, or null; without a key all of them.")
        .Returns("string|object|null")
        .Status(BuiltinStatus.Deprecated)
        .Parameter("key", ParameterType.String, "The name of the value.", All)
        .Example("", "root.v = meta(\"unset\")", ("{}", """{"v":null}"""))
        .Example("Not changed by the mapping itself.", "meta k = 5\nroot.v = meta(\"k\")", ("{}", """{"v":null}"""))
        .FunctionBody(static (EvaluationContext context, Value key) => ReadText(context, context.InputMetadata, key));

    public static readonly Builtin RootMeta = BuiltinBuilder
        .Function("root_meta", Category.Deprecated, "Gives a metadata value of the result as text, or null; without a key all of them.")
        .Returns("string|object|null")
        .Status(BuiltinStatus.Deprecated)
        .Parameter("key", ParameterType.String, "The name of the value.", All)
        .Example("", "root.v = root_meta(\"unset\")", ("{}", """{"v":null}"""))
        .Example("Changes of the mapping are visible.", "meta k = 5\nroot.v = root_meta(\"k\")", ("{}", """{"v":"5"}"""))
        .FunctionBody(static (EvaluationContext context, Value key) => ReadText(context, context.Metadata, key));

    private static Value Read(Value metadata, Value key)
    {
        // A later `meta` statement must not change what was read.
        if (key.TextLength == 0)
        {
            return metadata.Frozen();
        }

        return metadata.TryGetMember(key.AsSpan(), out Value value) ? value.Frozen() : Value.Null;
    }

    private static Value ReadText(EvaluationContext context, Value metadata, Value key)
    {
        if (key.TextLength > 0)
        {
            Value text = metadata.TryGetMember(key.AsSpan(), out Value value) ? TextForm.ToText(value, context.Arena, escapeHtml: false) : default;
            return text.IsNull || text.TextLength == 0 ? Value.Null : text;
        }

        ObjectNode texts = context.Arena.NewObject(metadata.Count);
        foreach (Member member in metadata.Members)
        {
            texts.AddNew(member.Key, TextForm.ToText(member.Value, context.Arena, escapeHtml: false));
        }

        return Value.FromObject(texts);
    }
}
