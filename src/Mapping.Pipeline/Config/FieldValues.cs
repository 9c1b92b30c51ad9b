namespace Mapping.Pipeline.Config;

/// <summary>The values of an object's fields while its record is made.</summary>
internal sealed class FieldValues
{
    private readonly Dictionary<Field, object?> values = [];
    private readonly HashSet<Field> written = [];

    public T Get<T>(Field<T> field) => (T)values[field]!;

    /// <summary>Whether the field stands in the configuration, rather than having its default.</summary>
    public bool IsWritten(Field field) => written.Contains(field);

    public void Set<T>(Field<T> field, T? value) => values[field] = value;

    public void MarkWritten(Field field) => written.Add(field);

    /// <summary>Whether every field has a value: none of them was wrong.</summary>
    public bool HasAll(IReadOnlyList<Field> fields) => fields.All(values.ContainsKey);
}
