using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mapping.Builtins.Strings.Patterns;
using Mapping.Diagnostics;
using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Components;

/// <summary>A regular expression in RE2 syntax, compiled.</summary>
internal sealed class PatternType : FieldType<Pattern>
{
    public override string Name => "regular expression";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out Pattern value)
    {
        if (node is not ScalarNode { Kind: not ScalarKind.Null } scalar)
        {
            return Mismatch(node, scope, "a regular expression", out value);
        }

        bool compiles = Pattern.TryCompile(scalar.Text, out value, out string? error);
        if (!compiles)
        {
            scope.Problems.Error(DiagnosticCodes.InvalidValue, node, $"the regular expression does not compile: {error}", "RE2 syntax: no look-around, no back-references");
        }

        return compiles;
    }

    public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("type", "string");
}
