using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>parse_csv</c>.</summary>
internal static class CsvReading
{
    public static readonly Builtin ParseCsv = BuiltinBuilder
        .Method("parse_csv", Category.Parsing, "Parses a string as comma separated values (RFC 4180).")
        .On(Accepts.Text)
        .Returns("array")
        .Parameter("parse_header_row", ParameterType.Bool, "The first row names the fields and the others become objects; otherwise all rows become arrays.", Value.True)
        .Parameter("delimiter", ParameterType.String, "The character between fields.", Value.FromString(","))
        .Parameter("lazy_quotes", ParameterType.Bool, "Lets quotes stand within fields.", Value.False)
        .Example("", "root.rows = this.rows.parse_csv()", ("""{"rows":"foo,bar\n1,2\n3,4"}""", """{"rows":[{"bar":"2","foo":"1"},{"bar":"4","foo":"3"}]}"""))
        .Example("Without a header.", "root = this.parse_csv(false)", ("\"a,b\\n1,2\"", """[["a","b"],["1","2"]]"""))
        .Example("Another delimiter.", """root = this.parse_csv(delimiter: "|")""", ("\"a|b\\n1|2\"", """[{"a":"1","b":"2"}]"""))
        .Body(static (context, target, arguments) => Parse(context, target, arguments[0].IsTrue, arguments[1].AsSpan(), arguments[2].IsTrue));

    private static Value Parse(EvaluationContext context, Value target, bool hasHeader, ReadOnlySpan<byte> delimiter, bool isLazy)
    {
        Rune.DecodeFromUtf8(delimiter, out Rune separator, out int length);
        if (length != delimiter.Length)
        {
            return Value.Fail("delimiter value must be exactly one character");
        }

        if (separator == Rune.ReplacementChar || separator.Value is 0 or '"' or '\r' or '\n')
        {
            return Value.Fail("the delimiter cannot be a quote or a line break");
        }

        ArrayNode rows = context.Arena.NewArray();
        ArrayNode fields = context.Arena.NewArray();
        ArrayNode? header = null;
        int width = -1;
        var reader = new CsvRecordReader(context, target.ToStringKind(), delimiter, isLazy);
        while (reader.TryRead(fields, out string? problem))
        {
            if (problem is null && width >= 0 && fields.Count != width)
            {
                problem = $"wrong number of fields: {fields.Count} instead of {width}";
            }

            if (problem is not null)
            {
                return Value.Fail($"line {reader.Line}: {problem}");
            }

            width = fields.Count;
            if (!context.TryGrow(32L * width, out Value exceeded))
            {
                return exceeded;
            }

            if (!hasHeader)
            {
                rows.Add(Value.FromArray(fields));
                fields = context.Arena.NewArray(width);
            }
            else if (header is null)
            {
                header = fields;
                fields = context.Arena.NewArray(width);
            }
            else
            {
                rows.Add(Row(context, header, fields));
                fields.Reset(mayBeLarge: true);
            }
        }

        return width < 0 ? Value.Fail("zero records were parsed") : Value.FromArray(rows);
    }

    private static Value Row(EvaluationContext context, ArrayNode header, ArrayNode fields)
    {
        ObjectNode row = context.Arena.NewObject(header.Count);
        for (int i = 0; i < header.Count; i++)
        {
            row.Set(header[i], fields[i]);
        }

        return Value.FromObject(row);
    }
}
