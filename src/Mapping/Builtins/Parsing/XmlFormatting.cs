using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>format_xml</c>.</summary>
internal static class XmlFormatting
{
    public static readonly Builtin FormatXml = BuiltinBuilder
        .Method("format_xml", Category.Parsing, "Writes an object as XML, the reverse of parse_xml; gives bytes. Text is written as it is: escape it before where it may hold markup.")
        .FromConnect()
        .On(Accepts.Object)
        .Returns("bytes")
        .Parameter("indent", ParameterType.String, "One level of indentation.", Value.FromString("    "))
        .Parameter("no_indent", ParameterType.Bool, "Everything on one line; root_tag is then ignored.", Value.False)
        .Optional("root_tag", ParameterType.String, "The name of an element around everything.")
        .Example("", "root = this.format_xml()", ("""{"foo":{"bar":{"-id":7,"#text":"x"},"baz":null}}""", "<foo>\n    <bar id=\"7\">x</bar>\n    <baz/>\n</foo>"))
        .Example("", "root = this.format_xml(no_indent: true)", ("""{"a":[1,2],"b":true}""", "<doc><a>1</a><a>2</a><b>true</b></doc>"))
        .Example("", """root = this.format_xml(indent: " ", root_tag: "list")""", ("""{"a":"x"}""", "<list>\n <a>x</a>\n</list>"))
        .Body(Format);

    private static readonly Value DefaultRoot = Value.FromString("doc");

    private static Value Format(EvaluationContext context, Value target, ReadOnlySpan<Value> arguments)
    {
        bool isCompact = arguments[1].IsTrue;
        var writer = new XmlText(context, isCompact ? (ReadOnlyMemory<byte>?)null : arguments[0].AsMemory());
        Value failure = isCompact || arguments[2].IsAbsent ? Unnamed(writer, target, isCompact) : writer.Element(arguments[2], target, 0);
        return failure.IsError ? failure : context.FinishBytes();
    }

    /// <summary>A single member is the root itself.</summary>
    private static Value Unnamed(XmlText writer, Value target, bool isCompact)
    {
        if (target.Count != 1)
        {
            return writer.Element(DefaultRoot, target, 0);
        }

        Member only = target.SortedMembers()[0];
        bool isRoot = only.Value.IsArray
            ? isCompact && HoldsObjectsOnly(only.Value)
            : !XmlText.IsAttribute(only.Key) && !XmlText.IsText(only.Key);
        return isRoot ? writer.Element(only.Key, only.Value, 0) : writer.Element(DefaultRoot, target, 0);
    }

    private static bool HoldsObjectsOnly(Value array)
    {
        foreach (Value element in array.Elements)
        {
            if (!element.IsObject)
            {
                return false;
            }
        }

        return true;
    }
}
