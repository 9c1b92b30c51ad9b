using System.Text;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>Where references lead: places by JSON pointer, and parts that were given an id.</summary>
internal sealed class SchemaAddresses
{
    /// <summary>Stands for the address of a schema that has none, so that relative ids resolve.</summary>
    private const string Nowhere = "schema:///";

    private readonly Dictionary<string, Value> documents = [];
    private readonly Dictionary<string, Value> anchors = [];

    public SchemaAddresses(Value root) => documents[string.Empty] = root;

    /// <summary>Notes a part with an id; gives the base of the references in it.</summary>
    public string Register(string @base, string id, Value part)
    {
        string address = Combine(@base, id);
        int mark = address.IndexOf('#', StringComparison.Ordinal);
        string document = mark < 0 ? address : address[..mark];
        if (mark >= 0 && mark < address.Length - 1)
        {
            anchors.TryAdd(address, part);
            return @base;
        }

        documents.TryAdd(document, part);
        return document;
    }

    public bool TryFind(string @base, string reference, out Value target, out string targetBase)
    {
        string address = Combine(@base, reference);
        int mark = address.IndexOf('#', StringComparison.Ordinal);
        targetBase = mark < 0 ? address : address[..mark];
        string fragment = mark < 0 ? string.Empty : Uri.UnescapeDataString(address[(mark + 1)..]);
        if (fragment.Length > 0 && fragment[0] != '/')
        {
            return anchors.TryGetValue(address, out target);
        }

        return documents.TryGetValue(targetBase, out target) && TryPoint(ref target, fragment);
    }

    private static string Combine(string @base, string reference)
    {
        if (reference.StartsWith('#'))
        {
            return @base + reference;
        }

        if (Uri.TryCreate(reference, UriKind.Absolute, out _) && !reference.StartsWith('/'))
        {
            return reference;
        }

        return Uri.TryCreate(@base.Length == 0 ? Nowhere : @base, UriKind.Absolute, out Uri? from) && Uri.TryCreate(from, reference, out Uri? combined)
            ? combined.OriginalString
            : reference;
    }

    private static bool TryPoint(ref Value target, string pointer)
    {
        foreach (string token in pointer.Split('/').Skip(1))
        {
            string key = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (target.IsObject && target.TryGetMember(Encoding.UTF8.GetBytes(key), out Value member))
            {
                target = member;
            }
            else if (target.IsArray && uint.TryParse(key, out uint index) && index < target.Count)
            {
                target = target.ElementAt((int)index);
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
