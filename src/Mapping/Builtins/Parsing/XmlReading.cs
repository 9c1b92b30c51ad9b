using System.Text;
using Mapping.Builtins.Numbers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>parse_xml</c>.</summary>
internal static class XmlReading
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n\b"u8;

    private static readonly Value TextKey = Value.FromString("#text");

    public static readonly Builtin ParseXml = BuiltinBuilder
        .Method("parse_xml", Category.Parsing, "Parses an XML document: attributes become members that start with a dash, text beside them the member #text, repeated elements an array.")
        .FromConnect()
        .On(Accepts.LenientText)
        .Returns("object")
        .Parameter("cast", ParameterType.Bool, "Whether text that looks like a number or a bool becomes one.", Value.False)
        .Example("", "root = this.parse_xml()", ("\"<root><title>This is a title</title></root>\"", """{"root":{"title":"This is a title"}}"""))
        .Example(
            "Attributes, text beside them, and repeated elements.",
            "root = this.parse_xml(cast: true)",
            ("\"<r><item id='7'>true</item><item/></r>\"", """{"r":{"item":[{"-id":7,"#text":true},""]}}"""))
        .Example(
            "What browsers forgive is forgiven: missing end tags within an element, attributes without quotes.",
            "root = this.parse_xml()",
            ("\"<p id=7>one<br></p>\"", """{"p":{"-id":"7","#text":"one","br":""}}"""))
        .Example("Broken text is an error.", "root = this.parse_xml().catch(\"broken\")", ("\"<a>\"", "broken"))
        .Body(static (EvaluationContext context, Value target, Value cast) => Parse(context, target, cast.IsTrue));

    /// <summary>An element that is being read.</summary>
    private sealed class Open(Value name, ObjectNode content)
    {
        public Value Name { get; } = name;

        public ObjectNode Content { get; } = content;

        /// <summary>Text that came before any child of an element without attributes.</summary>
        public Value? LeadingText { get; set; }

        public Value Close()
        {
            if (Content.Count == 0)
            {
                return LeadingText ?? Value.FromString(string.Empty);
            }

            if (LeadingText is { } text)
            {
                Content.Set(TextKey, text);
            }

            return Value.FromObject(Content);
        }
    }

    private static Value Parse(EvaluationContext context, Value source, bool cast)
    {
        var open = new Stack<Open>();
        var scanner = new XmlScanner(source.AsMemory());
        while (true)
        {
            if (!context.TryStep(out Value exceeded) || !context.TryGrow(0, out exceeded))
            {
                return exceeded;
            }

            switch (scanner.Read())
            {
                case XmlToken.Start when open.Count >= context.Limits.MaxDepth:
                    return EvaluationContext.Exceeded($"a value is nested more than {context.Limits.MaxDepth} levels deep");
                case XmlToken.Start:
                    open.Push(Start(context, scanner, cast));
                    break;
                case XmlToken.Text when open.TryPeek(out Open? element):
                    AddText(context, element, scanner.Text, cast);
                    break;
                case XmlToken.Close:
                    Open closed = open.Pop();
                    if (open.Count == 0)
                    {
                        // What follows the root element is not looked at, as by the reference.
                        ObjectNode root = context.Arena.NewObject(1);
                        root.AddNew(closed.Name, closed.Close());
                        return context.Checked(Value.FromObject(root));
                    }

                    Add(context, open.Peek().Content, closed.Name, closed.Close());
                    break;
                case XmlToken.Broken:
                    return Value.Fail("parsing value as XML: " + scanner.Problem);
                case XmlToken.End:
                    return Value.Fail("parsing value as XML: there is no element");
            }
        }
    }

    private static Open Start(EvaluationContext context, XmlScanner scanner, bool cast)
    {
        var element = new Open(context.Arena.String(scanner.Name), context.Arena.NewObject());
        foreach ((string name, byte[] value) in scanner.Attributes)
        {
            element.Content.Set(context.Arena.String("-" + name), Scalar(context, value, cast));
        }

        return element;
    }

    private static void AddText(EvaluationContext context, Open element, ReadOnlySpan<byte> raw, bool cast)
    {
        ReadOnlySpan<byte> text = raw.Trim(Blanks);
        if (text.Length == 0)
        {
            return;
        }

        Value value = Scalar(context, text, cast);
        if (element.Content.Count > 0)
        {
            element.Content.Set(TextKey, value);
        }
        else
        {
            element.LeadingText = value;
        }
    }

    private static void Add(EvaluationContext context, ObjectNode parent, Value name, Value value)
    {
        if (!parent.TryGet(name.AsSpan(), out Value present))
        {
            parent.AddNew(name, value);
            return;
        }

        if (present.ArrayNode is { } values)
        {
            values.Add(value);
            parent.RaiseDepth(1 + values.Depth);
            return;
        }

        values = context.Arena.NewArray(2);
        values.Add(present);
        values.Add(value);
        parent.Set(name, Value.FromArray(values));
    }

    private static Value Scalar(EvaluationContext context, ReadOnlySpan<byte> text, bool cast)
    {
        if (cast)
        {
            if (NumberSyntax.TryFloat(text, out double number) == NumberFault.None && double.IsFinite(number))
            {
                return Value.FromFloat64(number);
            }

            switch (text.Length <= 5 ? Encoding.UTF8.GetString(text) : null)
            {
                case "true" or "True" or "TRUE" or "t" or "T":
                    return Value.True;
                case "false" or "False" or "FALSE" or "f" or "F":
                    return Value.False;
            }
        }

        return context.Arena.String(text);
    }
}
