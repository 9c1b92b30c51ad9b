using Mapping.Builtins.Strings.Patterns;
using Mapping.Extras.Schemas.Formats;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>The keywords, in the order in which they are checked.</summary>
internal sealed partial class SchemaReader
{
    private void ReadKeywords(Schema schema, Value source, string @base)
    {
        @base = ReadId(source, @base);
        ReadNotes(source, @base);
        var keywords = new List<Keyword>();
        if (Text(source, "$ref") is { } address)
        {
            var reference = new ReferenceKeyword();
            references.Enqueue((reference, @base, address));
            schema.Keywords = [reference];
            return;
        }

        schema.Type = ReadType(source);
        ReadCombining(source, @base, keywords);
        ReadArrays(source, @base, keywords);
        ReadObjects(source, @base, keywords);
        ReadNumbers(source, keywords);
        ReadChoices(source, keywords);
        ReadStrings(source, keywords);
        schema.Keywords = keywords;
    }

    private string ReadId(Value source, string @base)
    {
        bool isOld = draft == Draft.Four || (draft == Draft.Any && TryMember(source, "id", out _));
        return Text(source, isOld ? "id" : "$id") is { } id ? addresses.Register(@base, id, source) : @base;
    }

    private void ReadNotes(Value source, string @base)
    {
        _ = Text(source, "title");
        _ = Text(source, "description");
        foreach ((Value name, Value definition) in Members(source, "definitions"))
        {
            SchemaAt(definition, @base, $"definitions.{KeyName(name)}");
        }
    }

    private TypeKeyword? ReadType(Value source)
    {
        if (!TryMember(source, "type", out Value given))
        {
            return null;
        }

        string[] names = given.IsString ? [given.AsHostString()] : [.. Texts(source, "type").Select(KeyName)];
        foreach (string name in names)
        {
            if (!JsonTypes.Names.Contains(name))
            {
                Refuse($"{name} is no type; types are {string.Join(", ", JsonTypes.Names)}");
            }
        }

        if (names.Distinct().Count() < names.Length)
        {
            Refuse("a type is named twice");
        }

        return names.Length == 0 ? null : new TypeKeyword(names);
    }

    private void ReadCombining(Value source, string @base, List<Keyword> keywords)
    {
        if (Schemas(source, @base, "anyOf") is { Count: > 0 } any)
        {
            keywords.Add(new AnyOfKeyword(any));
        }

        if (Schemas(source, @base, "oneOf") is { Count: > 0 } one)
        {
            keywords.Add(new OneOfKeyword(one));
        }

        if (Schemas(source, @base, "allOf") is { Count: > 0 } all)
        {
            keywords.Add(new AllOfKeyword(all));
        }

        if (SchemaOf(source, @base, "not") is { } not)
        {
            keywords.Add(new NotKeyword(not));
        }

        ReadDependencies(source, @base, keywords);
        if (draft < Draft.Seven)
        {
            return;
        }

        Schema? condition = SchemaOf(source, @base, "if");
        Schema then = SchemaOf(source, @base, "then") ?? Schema.Anything;
        Schema otherwise = SchemaOf(source, @base, "else") ?? Schema.Anything;
        if (condition is not null)
        {
            keywords.Add(new ConditionKeyword(condition, then, otherwise));
        }
    }

    private void ReadDependencies(Value source, string @base, List<Keyword> keywords)
    {
        var dependencies = new List<(Value, IReadOnlyList<Value>, Schema?)>();
        foreach ((Value name, Value dependency) in Members(source, "dependencies"))
        {
            if (!dependency.IsArray)
            {
                dependencies.Add((name, [], SchemaAt(dependency, @base, $"dependencies.{KeyName(name)}")));
                continue;
            }

            var others = new List<Value>();
            foreach (Value other in dependency.Elements)
            {
                others.Add(other);
                if (!other.IsString)
                {
                    Refuse("dependency must be a schema or an array of strings");
                }
            }

            dependencies.Add((name, others, null));
        }

        if (dependencies.Count > 0)
        {
            keywords.Add(new DependenciesKeyword(dependencies));
        }
    }

    private void ReadNumbers(Value source, List<Keyword> keywords)
    {
        if (Number(source, "multipleOf") is { } unit)
        {
            if (DecimalNumber.Of(unit).Sign <= 0)
            {
                Refuse("multipleOf must be greater than 0");
                return;
            }

            keywords.Add(new MultipleKeyword(unit));
        }

        ReadBound(source, "maximum", "exclusiveMaximum", isUpper: true, keywords);
        ReadBound(source, "minimum", "exclusiveMinimum", isUpper: false, keywords);
    }

    private void ReadBound(Value source, string name, string exclusive, bool isUpper, List<Keyword> keywords)
    {
        Value? bound = Number(source, name);
        bool isExclusive = false;
        if (TryMember(source, exclusive, out Value given) && given.IsBool && draft is Draft.Four or Draft.Any)
        {
            // The old form: it says how the bound is meant.
            isExclusive = given.IsTrue;
            if (bound is null)
            {
                Refuse($"{exclusive} cannot be used without {name}");
            }
        }
        else if (given.IsNumber && draft != Draft.Four)
        {
            keywords.Add(new BoundKeyword(given, isUpper, isExclusive: true));
        }
        else if (TryMember(source, exclusive, out _))
        {
            Refuse($"{exclusive} must be a {(draft == Draft.Four ? "bool" : "number")}");
        }

        if (bound is { } limit)
        {
            keywords.Add(new BoundKeyword(limit, isUpper, isExclusive));
        }
    }

    private void ReadStrings(Value source, List<Keyword> keywords)
    {
        if (TryRange(source, "minLength", "maxLength", out long least, out long most))
        {
            keywords.Add(new LengthKeyword(least, most));
        }

        if (Text(source, "pattern") is { } pattern && TryPattern(pattern, "pattern", out Pattern? compiled))
        {
            keywords.Add(new PatternKeyword(compiled, pattern));
        }

        if (Text(source, "format") is { } name && FormatCatalogue.Find(name) is { } format)
        {
            keywords.Add(new FormatKeyword(format, name));
        }
    }

    private void ReadChoices(Value source, List<Keyword> keywords)
    {
        if (draft != Draft.Four && TryMember(source, "const", out Value wanted))
        {
            keywords.Add(new ConstKeyword(wanted));
        }

        List<Value> choices = Elements(source, "enum");
        for (int i = 0; i < choices.Count; i++)
        {
            ulong hash = JsonEquality.Hash(choices[i]);
            if (choices.Take(i).Any(other => JsonEquality.Hash(other) == hash && JsonEquality.AreEqual(other, choices[i])))
            {
                Refuse("enum items must be unique");
                return;
            }
        }

        if (choices.Count > 0)
        {
            keywords.Add(new EnumKeyword(choices));
        }
    }
}
