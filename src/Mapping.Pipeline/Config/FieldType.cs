using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mapping.Diagnostics;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Config;

/// <summary>What may be written as the value of a field.</summary>
internal abstract class FieldType
{
    /// <summary>As in the reference: <c>string</c>, <c>duration</c>, <c>list of string</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Fields of an object, for the reference; none for anything else.</summary>
    public virtual IReadOnlyList<Field> Children => [];

    /// <summary>Of a list or map, what its items are; null for anything else.</summary>
    public virtual FieldType? Item => null;

    /// <summary>The kind of component it is; null for anything else.</summary>
    public virtual ComponentKind? Component => null;

    /// <summary>A value to begin with, as YAML; null where any of its kind will do.</summary>
    public virtual string? Sample => null;

    /// <summary>Whether null says something other than absence.</summary>
    public virtual bool AcceptsNull => false;

    /// <summary>Writes the members of a JSON schema that describe the value, into an object that is open.</summary>
    public abstract void WriteSchema(Utf8JsonWriter json);

    protected static bool Mismatch<T>(ConfigNode node, ReadScope scope, string expected, out T? value)
    {
        scope.Problems.Error(DiagnosticCodes.WrongNodeType, node, $"expected {expected}, found {node.Found}");
        value = default;
        return false;
    }
}

internal abstract class FieldType<T> : FieldType
{
    /// <summary>Reads a value; false when it is wrong, with the reasons in the scope.</summary>
    /// <param name="node">What is written.</param>
    /// <param name="scope">Where problems go and where mappings are compiled.</param>
    /// <param name="path">Of the value: <c>root.input.file.paths</c>.</param>
    /// <param name="value">What it means.</param>
    public abstract bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out T value);
}
