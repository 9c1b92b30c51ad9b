using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Extras.Schemas;

/// <summary>
/// Turns the text of a schema into a <see cref="Schema"/>. Parts are read one after another from a queue, and references are
/// resolved when all parts are known, so that neither depth nor circles matter.
/// </summary>
internal sealed partial class SchemaReader
{
    private readonly Dictionary<ObjectNode, Schema> schemas = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(Schema Schema, Value Source, string Base)> pending = new();
    private readonly Queue<(ReferenceKeyword Keyword, string Base, string Address)> references = new();
    private readonly SchemaAddresses addresses;
    private readonly Draft draft;
    private string? problem;

    private SchemaReader(Value root, Draft draft)
    {
        addresses = new SchemaAddresses(root);
        this.draft = draft;
    }

    /// <summary>The schema, or null and what is wrong with its text.</summary>
    public static Schema? TryRead(ReadOnlySpan<byte> text, out string? problem)
    {
        var document = new Document();
        if (!document.TryParse(text.ToArray(), 0, text.Length, strictUtf8: false, out JsonError? error))
        {
            problem = error is { } known ? $"{known.Message} at line {known.Line} column {known.Column}" : "the text is not JSON";
            return null;
        }

        Value root = Value.FromDocument(document, document.RootIndex).Detach();
        Value dialect = root.IsObject && root.TryGetMember("$schema"u8, out Value given) ? given : Value.Null;
        if (!dialect.IsNull && !dialect.IsString)
        {
            problem = "$schema must be a string";
            return null;
        }

        var reader = new SchemaReader(root, Drafts.Of(dialect.IsString ? dialect.AsHostString() : null));
        Schema schema = reader.ReadAll(root);
        problem = reader.problem;
        return problem is null ? schema : null;
    }

    private Schema ReadAll(Value root)
    {
        Schema schema = SchemaAt(root, string.Empty, "the schema");
        while (problem is null && pending.Count + references.Count > 0)
        {
            if (pending.TryDequeue(out (Schema Schema, Value Source, string Base) part))
            {
                ReadKeywords(part.Schema, part.Source, part.Base);
            }
            else if (references.TryDequeue(out (ReferenceKeyword Keyword, string Base, string Address) reference))
            {
                Resolve(reference.Keyword, reference.Base, reference.Address);
            }
        }

        return schema;
    }

    /// <summary>The schema of a part of the text, perhaps still to be read.</summary>
    private Schema SchemaAt(Value source, string @base, string place)
    {
        if (source.IsBool && draft != Draft.Four)
        {
            return source.IsTrue ? Schema.Anything : Schema.Never;
        }

        if (!source.IsObject)
        {
            Refuse($"{place} must be a schema: an object{(draft == Draft.Four ? string.Empty : " or a bool")}");
            return Schema.Anything;
        }

        if (!schemas.TryGetValue(source.ObjectNode!, out Schema? schema))
        {
            schema = new Schema();
            schemas.Add(source.ObjectNode!, schema);
            pending.Enqueue((schema, source, @base));
        }

        return schema;
    }

    private void Resolve(ReferenceKeyword keyword, string @base, string address)
    {
        if (addresses.TryFind(@base, address, out Value target, out string targetBase))
        {
            keyword.Target = SchemaAt(target, targetBase, $"the target of {address}");
        }
        else
        {
            Refuse($"the reference {address} leads nowhere within the schema");
        }
    }

    /// <summary>Notes the first problem; what is read after it does not matter any more.</summary>
    private void Refuse(string text) => problem ??= text;

    private static string KeyName(Value key) => Encoding.UTF8.GetString(key.AsSpan());
}
