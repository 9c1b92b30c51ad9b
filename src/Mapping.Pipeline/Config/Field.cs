using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>
/// A field of a component as it is declared, once: how it is read, shown in the reference and described to editors. Created by
/// <see cref="Fields"/>.
/// </summary>
internal abstract class Field(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>The default as YAML; null when there is none.</summary>
    public string? DefaultText { get; protected set; }

    /// <summary>May be left out, without a default.</summary>
    public bool IsOptional { get; protected set; }

    public bool IsRequired => !IsOptional && DefaultText is null;

    /// <summary>Rarely needed: left out of small examples.</summary>
    public bool IsAdvanced { get; protected set; }

    /// <summary>Masked whenever a configuration is shown.</summary>
    public bool IsSecret { get; protected set; }

    /// <summary>Why not to use it any more.</summary>
    public string? Deprecation { get; protected set; }

    /// <summary>An older name that is understood as well.</summary>
    public string? Alias { get; protected set; }

    /// <summary>Values as YAML.</summary>
    public IReadOnlyList<string> Examples { get; protected set; } = [];

    public abstract FieldType Type { get; }

    /// <summary>Reads what is written, or the default; problems go to the scope, and the value is then absent.</summary>
    public abstract void Read(ConfigNode? node, ReadScope scope, string path, FieldValues values);
}

/// <typeparam name="T">What the field is read as.</typeparam>
internal sealed class Field<T>(string name, FieldType<T> type, string description) : Field(name, description)
{
    public override FieldType<T> Type => type;

    /// <param name="yaml">As it would be written: <c>64</c>, <c>1s</c>, <c>""</c>, <c>[]</c>.</param>
    public Field<T> Default(string yaml)
    {
        DefaultText = yaml;
        return this;
    }

    /// <summary>May be left out; it is then null, or false, or empty.</summary>
    public Field<T> Optional()
    {
        IsOptional = true;
        return this;
    }

    public Field<T> Advanced()
    {
        IsAdvanced = true;
        return this;
    }

    public Field<T> Secret()
    {
        IsSecret = true;
        return this;
    }

    public Field<T> Deprecated(string reason)
    {
        Deprecation = reason;
        return this;
    }

    public Field<T> OrNamed(string alias)
    {
        Alias = alias;
        return this;
    }

    public Field<T> Example(params string[] yaml)
    {
        Examples = [.. Examples, .. yaml];
        return this;
    }

    public override void Read(ConfigNode? node, ReadScope scope, string path, FieldValues values)
    {
        if (node is { IsNull: true } && !type.AcceptsNull && (IsOptional || DefaultText is not null))
        {
            node = null;
        }

        if (IsSecret && node is not null)
        {
            scope.Secrets.Add(node);
            Config.Secrets.Hide(node);
        }

        if (node is null && DefaultText is { } text)
        {
            node = YamlReader.ReadValue(new SourceText(text, "the default of " + Name));
        }

        if (node is null)
        {
            values.Set(this, default(T));
        }
        else if (type.TryRead(node, scope, path, out T? value))
        {
            values.Set(this, value);
        }
    }
}
