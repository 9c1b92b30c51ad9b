using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>format_yaml</c>.</summary>
internal static class YamlFormatting
{
    public static readonly Builtin FormatYaml = BuiltinBuilder
        .Method("format_yaml", Category.Parsing, "Writes a value as YAML with sorted keys; gives bytes.")
        .Returns("bytes")
        .Example("", "root = this.doc.format_yaml()", ("""{"doc":{"foo":"bar","a":[1,"2"]}}""", "a:\n    - 1\n    - \"2\"\nfoo: bar\n"))
        .Example("As text within a document.", "root.doc = this.doc.format_yaml().string()", ("""{"doc":{"foo":"bar"}}""", """{"doc":"foo: bar\n"}"""))
        .Body(static (context, target) =>
        {
            var emitter = new YamlEmitter(context);
            return emitter.TryWrite(target, out Value failure) ? context.Arena.Bytes(Encoding.UTF8.GetBytes(emitter.Text)) : failure;
        });
}
