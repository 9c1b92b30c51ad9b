using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mapping.Diagnostics;

namespace Mapping.Pipeline.Config;

/// <summary>An object with known fields and the record it is read into.</summary>
/// <param name="fields">In the order of the reference.</param>
/// <param name="make">Makes the record when every field is right.</param>
internal sealed class Shape<T>(IReadOnlyList<Field> fields, Func<FieldValues, T> make) : FieldType<T>
{
    private readonly List<Func<T, FieldValues, Breach?>> rules = [];

    public override string Name => "object";

    public override IReadOnlyList<Field> Children => fields;

    /// <summary>Something several fields must fulfil together.</summary>
    public Shape<T> Rule(Func<T, FieldValues, Breach?> rule)
    {
        rules.Add(rule);
        return this;
    }

    public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out T value)
    {
        if (node is ScalarNode { Kind: ScalarKind.Null } or ScalarNode { Text: "" })
        {
            node = new MapNode(node.Source, node.Span, []);
        }

        if (node is not MapNode map)
        {
            return Mismatch(node, scope, "an object", out value);
        }

        int before = scope.Problems.ErrorCount;
        var values = new FieldValues();
        ReportUnknown(map, scope);
        foreach (Field field in fields)
        {
            MapEntry? entry = map.Find(field.Name) ?? (field.Alias is { } alias ? map.Find(alias) : null);
            if (entry is not null)
            {
                values.MarkWritten(field);
            }
            else if (field.IsRequired)
            {
                scope.Problems.Error(DiagnosticCodes.MissingField, map, $"the field \"{field.Name}\" is required", field.Description.Length > 0 ? field.Description.TrimEnd('.') : null);
                continue;
            }

            field.Read(entry?.Value, scope, $"{path}.{field.Name}", values);
        }

        value = default;
        if (scope.Problems.ErrorCount > before || !values.HasAll(fields))
        {
            return false;
        }

        value = make(values);
        return Obeys(value, values, map, scope);
    }

    public override void WriteSchema(Utf8JsonWriter json) => SchemaText.WriteObject(json, fields);

    private bool Obeys(T value, FieldValues values, MapNode map, ReadScope scope)
    {
        bool obeys = true;
        foreach (Func<T, FieldValues, Breach?> rule in rules)
        {
            if (rule(value, values) is { } breach)
            {
                ConfigNode place = breach.Field is { } field && map.Find(field.Name) is { } entry ? entry.Key : map;
                scope.Problems.Tell(breach.Gravity, breach.Code, place, breach.Message, breach.Remedy);
                obeys &= breach.Gravity != Gravity.Error;
            }
        }

        return obeys;
    }

    private void ReportUnknown(MapNode map, ReadScope scope)
    {
        foreach (MapEntry entry in map.Entries.Where(e => !fields.Any(f => f.Name == e.Key.Text || f.Alias == e.Key.Text)))
        {
            scope.Problems.Lint(DiagnosticCodes.UnknownField, entry.Key, $"unknown field \"{entry.Key.Text}\"", Known.Hint(entry.Key.Text, fields.Select(f => f.Name)));
        }
    }
}

/// <summary>A rule that is not kept.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Field">Where to point at; null for the object as a whole.</param>
/// <param name="Remedy">How to mend it.</param>
internal sealed record Breach(string Message, Field? Field = null, string? Remedy = null)
{
    public Gravity Gravity { get; init; } = Gravity.Error;

    public string Code { get; init; } = DiagnosticCodes.BrokenRule;
}
