using Mapping.Functions;
using Mapping.Values;
using YamlDotNet.Core;

namespace Mapping.Builtins.Parsing;

/// <summary><c>parse_yaml</c>.</summary>
internal static class YamlReading
{
    public static readonly Builtin ParseYaml = BuiltinBuilder
        .Method("parse_yaml", Category.Parsing, "Parses a string as one YAML document.")
        .On(Accepts.Text)
        .Returns("any")
        .Example("", "root.doc = this.doc.parse_yaml()", ("""{"doc":"foo: bar\nlist: [1, true, ~]"}""", """{"doc":{"foo":"bar","list":[1,true,null]}}"""))
        .Example("Words such as yes stay strings.", "root = this.parse_yaml()", ("\"a: yes\\nb: 0x10\"", """{"a":"yes","b":16}"""))
        .Body(static (context, target) =>
        {
            try
            {
                return new YamlLoader(context, new Parser(new StringReader(target.AsHostString()))).Load();
            }
            catch (YamlException problem)
            {
                return Value.Fail($"failed to parse value as yaml: line {problem.Start.Line}: {problem.Message}");
            }
            catch (InvalidOperationException)
            {
                // The scanner of the library answers some broken flow collections in this way.
                return Value.Fail("failed to parse value as yaml: a list or object is not closed");
            }
        });
}
