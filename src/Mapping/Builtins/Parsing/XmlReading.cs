using System.Text;
using System.Xml;
using Mapping.Builtins.Numbers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>parse_xml</c>.</summary>
internal static class XmlReading
{
    private static readonly char[] Blanks = [.. " \t\r\n\b"];

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
        .Example("Broken text is an error.", "root = this.parse_xml().catch(\"broken\")", ("\"<a></b>\"", "broken"))
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
        try
        {
            // Prefixes need no declaration, and nothing outside of the text is ever read.
            using var reader = new XmlTextReader(MakeStream(source))
            {
                Namespaces = false,
                DtdProcessing = DtdProcessing.Ignore,
                XmlResolver = null,
                WhitespaceHandling = WhitespaceHandling.Significant,
            };
            return Read(context, reader, cast);
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException or InvalidOperationException or IOException)
        {
            return Value.Fail($"parsing value as XML: {e.Message}");
        }
    }

    private static MemoryStream MakeStream(Value source)
    {
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(source.AsMemory(), out ArraySegment<byte> bytes);
        return new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
    }

    private static Value Read(EvaluationContext context, XmlTextReader reader, bool cast)
    {
        var open = new Stack<Open>();
        var run = new StringBuilder();
        while (reader.Read())
        {
            if (!context.TryStep(out Value exceeded) || !context.TryGrow(0, out exceeded))
            {
                return exceeded;
            }

            // Entities that nobody declared stay as they are and part of the text around them.
            switch (reader.NodeType)
            {
                case XmlNodeType.Text:
                    run.Append(reader.Value);
                    continue;
                case XmlNodeType.EntityReference:
                    run.Append('&').Append(reader.Name).Append(';');
                    continue;
            }

            if (run.Length > 0)
            {
                AddText(context, open.Peek(), run.ToString(), cast);
                run.Clear();
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count >= context.Limits.MaxDepth)
                    {
                        return EvaluationContext.Exceeded($"a value is nested more than {context.Limits.MaxDepth} levels deep");
                    }

                    bool isEmpty = reader.IsEmptyElement;
                    open.Push(Start(context, reader, cast));
                    if (!isEmpty)
                    {
                        break;
                    }

                    goto case XmlNodeType.EndElement;
                case XmlNodeType.EndElement:
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
                case XmlNodeType.CDATA:
                    AddText(context, open.Peek(), reader.Value, cast);
                    break;
            }
        }

        return Value.Fail("parsing value as XML: there is no element");
    }

    private static Open Start(EvaluationContext context, XmlTextReader reader, bool cast)
    {
        var element = new Open(LocalName(context, reader.Name, string.Empty), context.Arena.NewObject());
        while (reader.MoveToNextAttribute())
        {
            element.Content.Set(LocalName(context, reader.Name, "-"), Scalar(context, reader.Value, cast));
        }

        return element;
    }

    private static void AddText(EvaluationContext context, Open element, string raw, bool cast)
    {
        string text = raw.Trim(Blanks);
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

    private static Value LocalName(EvaluationContext context, string name, string sign)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        return context.Arena.String(sign + (colon >= 0 && colon < name.Length - 1 ? name[(colon + 1)..] : name));
    }

    private static Value Scalar(EvaluationContext context, string text, bool cast)
    {
        if (cast)
        {
            if (NumberSyntax.TryFloat(Encoding.UTF8.GetBytes(text), out double number) == NumberFault.None && double.IsFinite(number))
            {
                return Value.FromFloat64(number);
            }

            switch (text)
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
