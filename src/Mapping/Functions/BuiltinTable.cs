using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Mapping.Functions;

/// <summary>The functions or the methods of an environment by name; each is made when it is first asked for.</summary>
internal sealed class BuiltinTable(IReadOnlyDictionary<string, BuiltinGroup> groups, bool ofMethods) : IReadOnlyDictionary<string, Builtin>
{
    public int Count => groups.Count;

    public IEnumerable<string> Keys => groups.Keys;

    /// <summary>All of them, made.</summary>
    public IEnumerable<Builtin> Values => groups.Select(entry => Find(entry.Key, entry.Value));

    public Builtin this[string key] => Find(key, groups[key]);

    public bool ContainsKey(string key) => groups.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Builtin value)
    {
        value = groups.TryGetValue(key, out BuiltinGroup? group) ? Find(key, group) : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, Builtin>> GetEnumerator() =>
        groups.Select(entry => KeyValuePair.Create(entry.Key, Find(entry.Key, entry.Value))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Builtin Find(string name, BuiltinGroup group) => group.All.First(b => b.IsMethod == ofMethods && b.Name == name);
}
