using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>A mapping, compiled.</summary>
/// <param name="mayBeEmpty">An empty text is null, instead of a mistake.</param>
/// <param name="metadataFields">Fields that are read from the metadata where the document lacks them.</param>
internal sealed class MappingType(bool mayBeEmpty, params string[] metadataFields) : FieldType<CompiledMapping?>
{
    private readonly HashSet<string> metadataFields = [.. metadataFields];

    public override string Name => "mapping";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, out CompiledMapping? value)
    {
        value = null;
        if (node is not ScalarNode scalar)
        {
            return Mismatch(node, scope, "a mapping", out value);
        }

        if (mayBeEmpty && string.IsNullOrWhiteSpace(scalar.Text))
        {
            return true;
        }

        var source = new SourceText(scalar.Text, scalar.Source.Name);
        bool compiles = scope.Environment.TryCompile(source, metadataFields, out value, out IReadOnlyList<Diagnostic> diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            scope.Problems.Add(diagnostic, scalar, source);
        }

        return compiles;
    }

    public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("type", "string");
}

/// <summary>A text with interpolations <c>${! query }</c>, compiled.</summary>
internal sealed class TemplateType : FieldType<TextTemplate>
{
    public override string Name => "string with interpolations";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out TextTemplate value)
    {
        value = null;
        if (node is not ScalarNode { Kind: not ScalarKind.Null } scalar)
        {
            return Mismatch(node, scope, "a string", out value);
        }

        var source = new SourceText(scalar.Text, scalar.Source.Name);
        bool compiles = scope.Environment.TryCompileInterpolation(source, out Interpolation? interpolation, out IReadOnlyList<Diagnostic> diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            scope.Problems.Add(diagnostic, scalar, source);
        }

        value = compiles ? new TextTemplate(interpolation!) : null;
        return compiles;
    }

    public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("type", "string");
}
