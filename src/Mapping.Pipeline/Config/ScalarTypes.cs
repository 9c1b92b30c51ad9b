using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Mapping.Diagnostics;

namespace Mapping.Pipeline.Config;

/// <summary>Any scalar as text.</summary>
internal sealed class TextType : FieldType<string>
{
    public override string Name => "string";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out string value)
    {
        if (node is not ScalarNode { Kind: not ScalarKind.Null } scalar)
        {
            return Mismatch(node, scope, "a string", out value);
        }

        value = scalar.Text;
        return true;
    }

    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        foreach (string scalar in (ReadOnlySpan<string>)["string", "number", "boolean"])
        {
            json.WriteStringValue(scalar);
        }

        json.WriteEndArray();
    }
}

/// <summary>One of some words, compared without regard to case.</summary>
internal sealed class ChoiceType<T>((string Name, T Value)[] options) : FieldType<T>
{
    public override string Name => "one of " + string.Join(", ", options.Select(o => o.Name));

    public override string? Sample => options[0].Name;

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out T value)
    {
        if (node is not ScalarNode scalar)
        {
            return Mismatch(node, scope, "a string", out value);
        }

        foreach ((string name, T option) in options)
        {
            if (string.Equals(name, scalar.Text, StringComparison.OrdinalIgnoreCase))
            {
                value = option;
                return true;
            }
        }

        scope.Problems.Error(DiagnosticCodes.InvalidValue, node, $"\"{scalar.Text}\" is not one of {Known.Listed([.. options.Select(o => o.Name)])}", Suggestion.Hint(scalar.Text, options.Select(o => o.Name)));
        value = default;
        return false;
    }

    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("enum");
        foreach ((string name, _) in options)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}

internal sealed class BoolType : FieldType<bool>
{
    public override string Name => "bool";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, out bool value)
    {
        value = node is ScalarNode { Kind: ScalarKind.Bool } scalar && scalar.Text[0] is 't' or 'T';
        return node is ScalarNode { Kind: ScalarKind.Bool } || Mismatch(node, scope, "true or false", out value);
    }

    public override void WriteSchema(Utf8JsonWriter json) => SchemaText.WriteOrVariable(json, () => json.WriteString("type", "boolean"));
}

internal sealed class IntegerType(long least, long most) : FieldType<long>
{
    public override string Name => "integer";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, out long value)
    {
        value = 0;
        if (node is not ScalarNode { Kind: ScalarKind.Integer } scalar)
        {
            return Mismatch(node, scope, "an integer", out value);
        }

        if (long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most)
        {
            return true;
        }

        string range = most == long.MaxValue ? $"at least {least}" : $"from {least} to {most}";
        scope.Problems.Error(DiagnosticCodes.InvalidValue, node, $"{scalar.Text} is out of range", $"it must be {range}");
        return false;
    }

    public override void WriteSchema(Utf8JsonWriter json) => SchemaText.WriteOrVariable(json, () => json.WriteString("type", "integer"));
}

internal sealed class NumberType : FieldType<double>
{
    public override string Name => "number";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, out double value)
    {
        value = 0;
        return (node is ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } scalar && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            || Mismatch(node, scope, "a number", out value);
    }

    public override void WriteSchema(Utf8JsonWriter json) => SchemaText.WriteOrVariable(json, () => json.WriteString("type", "number"));
}
