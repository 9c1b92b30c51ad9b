using Mapping.Diagnostics;
using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Graph;

/// <summary>Tells which keys stand for secrets, where it is not known which field they are: those of secret fields only, also misspelt.</summary>
internal sealed class SecretNames : ISecretNames
{
    private readonly HashSet<string> secret = new(StringComparer.Ordinal);
    private readonly HashSet<string> anywhere;
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    public SecretNames(Catalogue catalogue)
    {
        foreach (FieldType body in catalogue.All.Select(static type => type.Body).Prepend(RootShape.Main))
        {
            Sort(body.Children);
        }

        anywhere = new HashSet<string>(secret, StringComparer.Ordinal);
        secret.ExceptWith(open);
    }

    public bool Hold(string key) => secret.Contains(key) || (!open.Contains(key) && Suggestion.Closest(key, secret) is not null);

    public bool MayHold(string key) => anywhere.Contains(key) || Hold(key);

    private void Sort(IReadOnlyList<Field> fields)
    {
        foreach (Field field in fields)
        {
            (field.IsSecret ? secret : open).Add(field.Name);
            if (!field.IsSecret)
            {
                Sort(field.Type.Children);
            }
        }
    }
}
