using Mapping.Builtins;
using Mapping.Functions;

namespace Mapping.Extras.MessagePack;

/// <summary>The builtins of this folder. The format is small and the values are our own, so that no package helps.</summary>
internal static class MessagePackBuiltins
{
    public static readonly Builtin FormatMsgpack = BuiltinBuilder
        .Method("format_msgpack", Category.Parsing, "Writes a value as MessagePack; gives bytes. Numbers straight from the input are written as strings of their digits: convert them first.")
        .FromConnect()
        .Returns("bytes")
        .Example("", """root = this.format_msgpack().encode("hex")""", ("""{"foo":"bar"}""", "81a3666f6fa3626172"))
        .Example("Integers take nine bytes.", """root.hex = this.n.int64().format_msgpack().encode("hex")""", ("""{"n":1}""", """{"hex":"d30000000000000001"}"""))
        .Example("And back.", "root = this.format_msgpack().parse_msgpack()", ("""{"a":[true,null,"x"]}""", """{"a":[true,null,"x"]}"""))
        .Body(static (context, target) => new MessagePackWriter(context).Write(target));

    public static readonly Builtin ParseMsgpack = BuiltinBuilder
        .Method("parse_msgpack", Category.Parsing, "Reads one MessagePack value; what comes after it is ignored.")
        .FromConnect()
        .On(Accepts.LenientText)
        .Returns("any")
        .Example("", """root = this.decode("hex").parse_msgpack()""", ("\"81a3666f6fa3626172\"", """{"foo":"bar"}"""))
        .Example("Broken data is an error.", """root = this.decode("hex").parse_msgpack().catch("broken")""", ("\"9305\"", "broken"), ("\"93c0c302\"", "[null,true,2]"))
        .Body(static (context, target) => new MessagePackReader(context, target).Read());

    public static IReadOnlyList<Builtin> All { get; } = [FormatMsgpack, ParseMsgpack];
}
