namespace Mapping.Connectors.SchemaRegistry;

internal enum SchemaKind
{
    Avro,
    Json,
    Protobuf,
}

/// <summary>Another schema that a schema uses.</summary>
/// <param name="Name">By which the text refers to it: an Avro name, the URL of a JSON schema, the import of a <c>.proto</c> file.</param>
/// <param name="Subject">Where it is registered.</param>
/// <param name="Version">Of the subject.</param>
internal sealed record SchemaReference(string Name, string Subject, int Version);

/// <summary>A schema as the registry keeps it.</summary>
internal sealed record RegisteredSchema(SchemaKind Kind, string Text, IReadOnlyList<SchemaReference> References);

/// <summary>A schema with all that it refers to, however indirectly.</summary>
/// <param name="Schema">The schema itself.</param>
/// <param name="Referenced">Texts by the name of their reference; each stands behind those that it uses itself.</param>
internal sealed record ResolvedSchema(RegisteredSchema Schema, IReadOnlyList<(string Name, string Text)> Referenced);

/// <summary>Where a schema is in use.</summary>
/// <param name="Subject">Such as <c>orders-value</c>.</param>
/// <param name="Version">Null where the registry does not say.</param>
internal sealed record SubjectVersion(string Subject, int? Version);

/// <summary>The newest schema of a subject.</summary>
internal sealed record LatestSchema(int Id, int Version, RegisteredSchema Schema);
