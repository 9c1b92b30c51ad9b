using System.Diagnostics.CodeAnalysis;
using Mapping.Builtins.Strings.Patterns;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>The keywords of arrays and objects.</summary>
internal sealed partial class SchemaReader
{
    private void ReadArrays(Value source, string @base, List<Keyword> keywords)
    {
        ReadItems(source, @base, keywords);
        if (TryRange(source, "minItems", "maxItems", out long least, out long most))
        {
            keywords.Add(new ItemCountKeyword(least, most));
        }

        if (Flag(source, "uniqueItems"))
        {
            keywords.Add(new UniqueKeyword());
        }

        if (draft != Draft.Four && SchemaOf(source, @base, "contains") is { } contained)
        {
            keywords.Add(new ContainsKeyword(contained));
        }
    }

    private void ReadItems(Value source, string @base, List<Keyword> keywords)
    {
        (Schema? rest, bool isClosed) = ReadRest(source, @base, "additionalItems");
        if (!TryMember(source, "items", out Value items))
        {
            return;
        }

        if (!items.IsArray)
        {
            keywords.Add(new EachItemKeyword(SchemaAt(items, @base, "items")));
        }
        else if (Schemas(source, @base, "items") is { Count: > 0 } tuple)
        {
            keywords.Add(new TupleKeyword(tuple, rest, isClosed));
        }
    }

    private void ReadObjects(Value source, string @base, List<Keyword> keywords)
    {
        if (TryRange(source, "minProperties", "maxProperties", out long least, out long most))
        {
            keywords.Add(new MemberCountKeyword(least, most));
        }

        List<Value> required = Texts(source, "required");
        if (required.Select(KeyName).Distinct().Count() < required.Count)
        {
            Refuse("required items must be unique");
        }

        if (required.Count > 0)
        {
            keywords.Add(new RequiredKeyword(required));
        }

        ReadProperties(source, @base, keywords);
        if (draft != Draft.Four && SchemaOf(source, @base, "propertyNames") is { } names)
        {
            keywords.Add(new NamesKeyword(names));
        }
    }

    private void ReadProperties(Value source, string @base, List<Keyword> keywords)
    {
        var properties = new List<(Value, Schema)>();
        foreach ((Value name, Value property) in Members(source, "properties"))
        {
            properties.Add((name, SchemaAt(property, @base, $"properties.{KeyName(name)}")));
        }

        var patterns = new List<(Pattern, Schema)>();
        foreach ((Value pattern, Value property) in Members(source, "patternProperties"))
        {
            if (TryPattern(KeyName(pattern), "patternProperties", out Pattern? compiled))
            {
                patterns.Add((compiled, SchemaAt(property, @base, $"patternProperties.{KeyName(pattern)}")));
            }
        }

        (Schema? rest, bool isClosed) = ReadRest(source, @base, "additionalProperties");
        if (properties.Count > 0 || patterns.Count > 0 || rest is not null || isClosed)
        {
            keywords.Add(new PropertiesKeyword(properties, patterns, rest, isClosed));
        }
    }

    /// <summary>The schema of what no other keyword names; a bool, in every draft, allows or forbids it.</summary>
    private (Schema? Schema, bool IsClosed) ReadRest(Value source, string @base, string name)
    {
        if (!TryMember(source, name, out Value given))
        {
            return (null, false);
        }

        return given.IsBool ? (null, !given.IsTrue) : (SchemaAt(given, @base, name), false);
    }

    private bool TryPattern(string text, string place, [NotNullWhen(true)] out Pattern? pattern)
    {
        bool isValid = Pattern.TryCompile(text, out pattern, out _);
        if (!isValid)
        {
            Refuse($"{place} must be a valid regex");
        }

        return isValid;
    }
}
