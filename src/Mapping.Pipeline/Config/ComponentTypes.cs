using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Config;

/// <summary>A component within a field.</summary>
internal sealed class ComponentFieldType<TComponent>(ComponentKind kind) : FieldType<ComponentPlan<TComponent>>
    where TComponent : class
{
    public override string Name => kind.Word();

    public override ComponentKind? Component => kind;

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out ComponentPlan<TComponent> value)
    {
        value = scope.Components.Read<TComponent>(kind, node, scope, path);
        return value is not null;
    }

    public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("$ref", "#/$defs/" + kind.Word().Replace(' ', '_'));
}

/// <summary>The label of a shared component.</summary>
internal sealed class ResourceNameType(ComponentKind kind, bool mayBeEmpty = false) : FieldType<string>
{
    public override string Name => kind.Word() + " label";

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out string value)
    {
        if (node is not ScalarNode { Kind: not ScalarKind.Null } scalar)
        {
            return Mismatch(node, scope, "the label of " + kind.WithArticle() + " resource", out value);
        }

        value = scalar.Text;
        if (value.Length > 0 || !mayBeEmpty)
        {
            scope.Components.Refer(kind, scalar);
        }

        return true;
    }

    public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("type", "string");
}
