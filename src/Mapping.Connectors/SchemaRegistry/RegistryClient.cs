using System.Globalization;
using System.Net;
using System.Text.Json;
using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>What a registry is asked; its answers are not kept here.</summary>
internal sealed class RegistryClient(RegistryConnection connection, IComponentContext context) : IDisposable
{
    private readonly RegistryHttp http = new(connection, context);

    /// <exception cref="SchemaFailure">Among others: the id is unknown.</exception>
    public async Task<RegisteredSchema> SchemaAsync(int id, CancellationToken limit)
    {
        using JsonDocument answer = await AskAboutAsync(id, string.Empty, limit).ConfigureAwait(false);
        return Read(answer.RootElement);
    }

    /// <summary>Where an id is in use; empty when it is not any more.</summary>
    /// <exception cref="SchemaFailure">Among others: the id is unknown.</exception>
    public async Task<IReadOnlyList<SubjectVersion>> UsesAsync(int id, CancellationToken limit)
    {
        try
        {
            using JsonDocument answer = await AskAboutAsync(id, "/versions", limit).ConfigureAwait(false);
            return Checked(() => (SubjectVersion[])[.. answer.RootElement.EnumerateArray().Select(static v => new SubjectVersion(v.GetProperty("subject").GetString()!, v.GetProperty("version").GetInt32()))]);
        }
        catch (SchemaFailure failure) when (failure is { Problem: SchemaProblem.Registry, Status: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed })
        {
            // Some registries know subjects only.
            using JsonDocument answer = await AskAboutAsync(id, "/subjects", limit).ConfigureAwait(false);
            return Checked(() => (SubjectVersion[])[.. answer.RootElement.EnumerateArray().Select(static s => new SubjectVersion(s.GetString()!, null))]);
        }
    }

    /// <exception cref="SchemaFailure">Among others: the subject is unknown.</exception>
    public async Task<LatestSchema> LatestAsync(string subject, CancellationToken limit)
    {
        using JsonDocument answer = await AskAboutAsync(subject, "latest", limit).ConfigureAwait(false);
        JsonElement root = answer.RootElement;
        return Checked(() => new LatestSchema(root.GetProperty("id").GetInt32(), root.GetProperty("version").GetInt32(), Read(root)));
    }

    /// <summary>Registers a schema, unless it is there already; gives its id.</summary>
    public async Task<int> RegisterAsync(string subject, RegisteredSchema schema, bool normalize, CancellationToken limit)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["schema"] = schema.Text, ["schemaType"] = NameOf(schema.Kind) });
        using JsonDocument answer = await http.SendAsync($"/subjects/{Uri.EscapeDataString(subject)}/versions{(normalize ? "?normalize=true" : string.Empty)}", content, limit).ConfigureAwait(false);
        return Checked(() => answer.RootElement.GetProperty("id").GetInt32());
    }

    /// <summary>Fetches what a schema refers to.</summary>
    public async Task<ResolvedSchema> ResolveAsync(RegisteredSchema schema, CancellationToken limit)
    {
        var found = new List<(string, string)>();
        await FollowAsync(schema, [], found, limit).ConfigureAwait(false);
        return new ResolvedSchema(schema, found);
    }

    public void Dispose() => http.Dispose();

    private async Task FollowAsync(RegisteredSchema schema, HashSet<string> seen, List<(string, string)> found, CancellationToken limit)
    {
        foreach (SchemaReference reference in schema.References.Where(r => seen.Add(r.Name)))
        {
            string version = reference.Version.ToString(CultureInfo.InvariantCulture);
            using JsonDocument answer = await AskAboutAsync(reference.Subject, version, limit).ConfigureAwait(false);
            RegisteredSchema referenced = Read(answer.RootElement);
            await FollowAsync(referenced, seen, found, limit).ConfigureAwait(false);
            found.Add((reference.Name, referenced.Text));
        }
    }

    private async Task<JsonDocument> AskAboutAsync(int id, string what, CancellationToken limit)
    {
        try
        {
            return await http.SendAsync(string.Create(CultureInfo.InvariantCulture, $"/schemas/ids/{id}{what}"), null, limit).ConfigureAwait(false);
        }
        catch (SchemaFailure failure) when (failure.Problem == SchemaProblem.UnknownSchema)
        {
            throw new SchemaFailure(failure.Problem, string.Create(CultureInfo.InvariantCulture, $"the schema id {id} is unknown to the registry"), failure);
        }
    }

    private async Task<JsonDocument> AskAboutAsync(string subject, string version, CancellationToken limit)
    {
        try
        {
            return await http.SendAsync($"/subjects/{Uri.EscapeDataString(subject)}/versions/{version}", null, limit).ConfigureAwait(false);
        }
        catch (SchemaFailure failure) when (failure.Problem == SchemaProblem.UnknownSchema)
        {
            throw new SchemaFailure(failure.Problem, $"the registry has no version {version} of the subject \"{subject}\"", failure);
        }
    }

    private static RegisteredSchema Read(JsonElement answer) => Checked(() => new RegisteredSchema(
        KindOf(answer.TryGetProperty("schemaType", out JsonElement kind) ? kind.GetString()! : "AVRO"),
        answer.GetProperty("schema").GetString()!,
        answer.TryGetProperty("references", out JsonElement references) && references.ValueKind == JsonValueKind.Array ? [.. references.EnumerateArray().Select(ReadReference)] : []));

    private static SchemaReference ReadReference(JsonElement answer) =>
        new(answer.GetProperty("name").GetString()!, answer.GetProperty("subject").GetString()!, answer.GetProperty("version").GetInt32());

    private static SchemaKind KindOf(string name) => name switch
    {
        "AVRO" => SchemaKind.Avro,
        "JSON" => SchemaKind.Json,
        "PROTOBUF" => SchemaKind.Protobuf,
        _ => throw SchemaFailure.Schema($"the schema is of the type {name}; known are AVRO, JSON and PROTOBUF"),
    };

    private static string NameOf(SchemaKind kind) => kind switch
    {
        SchemaKind.Avro => "AVRO",
        SchemaKind.Json => "JSON",
        _ => "PROTOBUF",
    };

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SchemaFailure(SchemaProblem.Registry, $"the registry's answer is not what its protocol says: {error.Message}", error);
        }
    }
}
