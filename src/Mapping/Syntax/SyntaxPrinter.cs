using System.Globalization;
using System.Text;
using Mapping.Text;

namespace Mapping.Syntax;

/// <summary>Prints a syntax tree as an indented outline, one node a line; stable, for snapshots and <c>print --ast</c>.</summary>
internal sealed partial class SyntaxPrinter
{
    private readonly StringBuilder text = new();
    private int indent;

    public static string Print(MappingSyntax mapping) => DeepStack.Run(NeedsDepth(mapping.Span), () => new SyntaxPrinter().Mapping(mapping));

    public static string Print(ExpressionSyntax expression) => DeepStack.Run(NeedsDepth(expression.Span), () =>
    {
        var printer = new SyntaxPrinter();
        expression.Accept(printer);
        return printer.text.ToString();
    });

    /// <summary>A short text can't nest deeply.</summary>
    private static bool NeedsDepth(TextSpan span) => span.Length > 400;

    private string Mapping(MappingSyntax mapping)
    {
        switch (mapping)
        {
            case StatementsSyntax statements:
                Open("mapping");
                Each(statements.Statements);
                break;
            case ShorthandSyntax shorthand:
                Open("shorthand");
                shorthand.Value.Accept(this);
                break;
            case FileReferenceSyntax file:
                Line("from " + Quote(file.Path.Utf8));
                break;
        }

        return text.ToString();
    }

    private void Line(string line) => text.Append(' ', indent * 2).Append(line).Append('\n');

    private void Open(string line)
    {
        Line(line);
        indent++;
    }

    private bool Close()
    {
        indent--;
        return true;
    }

    private bool Leaf(string line)
    {
        Line(line);
        return true;
    }

    private void Child(string label, ExpressionSyntax node)
    {
        Open(label);
        node.Accept(this);
        indent--;
    }

    private static string Name(NameSyntax name) => name.Quoted ? Quote(name.Utf8) : name.Text;

    /// <summary>Bytes in quotes; what is no printable ASCII is shown by its value.</summary>
    private static string Quote(byte[] utf8)
    {
        var quoted = new StringBuilder("\"");
        foreach (byte b in utf8)
        {
            _ = b switch
            {
                (byte)'"' or (byte)'\\' => quoted.Append('\\').Append((char)b),
                (byte)'\n' => quoted.Append("\\n"),
                >= 0x20 and < 0x7F => quoted.Append((char)b),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}"),
            };
        }

        return quoted.Append('"').ToString();
    }
}
