using System.Text;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>Members of a schema in the form a keyword needs; another form is a problem of the schema.</summary>
internal sealed partial class SchemaReader
{
    private static bool TryMember(Value source, string name, out Value value) => source.TryGetMember(Encoding.UTF8.GetBytes(name), out value);

    private string? Text(Value source, string name)
    {
        if (!TryMember(source, name, out Value value))
        {
            return null;
        }

        if (!value.IsString)
        {
            Refuse($"{name} must be a string");
            return null;
        }

        return value.AsHostString();
    }

    private bool Flag(Value source, string name)
    {
        if (!TryMember(source, name, out Value value))
        {
            return false;
        }

        if (!value.IsBool)
        {
            Refuse($"{name} must be a bool");
        }

        return value.IsTrue;
    }

    private Value? Number(Value source, string name)
    {
        if (!TryMember(source, name, out Value value))
        {
            return null;
        }

        if (!value.IsNumber)
        {
            Refuse($"{name} must be of a number");
            return null;
        }

        return value;
    }

    /// <summary>A lower and an upper count; false when neither is given.</summary>
    private bool TryRange(Value source, string least, string most, out long minimum, out long maximum)
    {
        long? low = WholeNumber(source, least);
        long? high = WholeNumber(source, most);
        minimum = low ?? 0;
        maximum = high ?? long.MaxValue;
        if (minimum > maximum)
        {
            Refuse($"{least} cannot be greater than {most}");
        }

        return low is not null || high is not null;
    }

    private long? WholeNumber(Value source, string name)
    {
        if (Number(source, name) is not { } value)
        {
            return null;
        }

        if (!JsonTypes.IsInteger(value))
        {
            Refuse($"{name} must be of an integer");
            return null;
        }

        if (DecimalNumber.Of(value).Sign < 0)
        {
            Refuse($"{name} must be greater than or equal to 0");
            return null;
        }

        return value.Normalized() is { IsNumber: true } number && number.ToFloat64() < 9e18 ? number.ToInt64() : long.MaxValue;
    }

    private List<Value> Elements(Value source, string name)
    {
        var elements = new List<Value>();
        if (!TryMember(source, name, out Value value))
        {
            return elements;
        }

        if (!value.IsArray)
        {
            Refuse($"{name} must be of an array");
            return elements;
        }

        foreach (Value element in value.Elements)
        {
            elements.Add(element);
        }

        return elements;
    }

    private List<Value> Texts(Value source, string name)
    {
        List<Value> texts = Elements(source, name);
        if (!texts.TrueForAll(t => t.IsString))
        {
            Refuse($"{name} items must be of type string");
            return [];
        }

        return texts;
    }

    private List<Member> Members(Value source, string name)
    {
        var members = new List<Member>();
        if (!TryMember(source, name, out Value value))
        {
            return members;
        }

        if (!value.IsObject)
        {
            Refuse($"{name} must be of type object");
            return members;
        }

        foreach (Member member in value.Members)
        {
            members.Add(member);
        }

        return members;
    }

    private Schema? SchemaOf(Value source, string @base, string name) =>
        TryMember(source, name, out Value value) ? SchemaAt(value, @base, name) : null;

    private List<Schema> Schemas(Value source, string @base, string name) =>
        [.. Elements(source, name).Select((part, i) => SchemaAt(part, @base, $"{name}.{i}"))];
}
