using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>A registry on loopback that speaks the documented protocol and keeps what it was asked.</summary>
internal sealed class RegistryStub : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<string> requests = new();
    private readonly List<(string Type, string Text, JsonArray? References)> schemas = [];
    private readonly Dictionary<string, List<int>> subjects = new(StringComparer.Ordinal);
    private int failures;

    private RegistryStub(int port, X509Certificate2? certificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port, listener =>
        {
            if (certificate is not null)
            {
                listener.UseHttps(certificate);
            }
        }));
        application = builder.Build();
        application.Run(AnswerAsync);
    }

    public string Url => application.Urls.First();

    /// <summary>Method and target of every request, in order.</summary>
    public string[] Requests => [.. requests];

    /// <summary>The value of the header Authorization that is asked for; null for none.</summary>
    public string? Login { get; set; }

    /// <summary>It knows where an id is in use; older ones do not.</summary>
    public bool TellsVersions { get; set; } = true;

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public static async Task<RegistryStub> StartAsync(int port = 0, X509Certificate2? certificate = null)
    {
        var stub = new RegistryStub(port, certificate);
        await stub.application.StartAsync();
        return stub;
    }

    /// <summary>The next requests are answered with 503.</summary>
    public void FailNext(int count) => Volatile.Write(ref failures, count);

    /// <summary>Adds a version to a subject; gives the id, which is the same for the same schema.</summary>
    public int Register(string subject, string text, string type = "AVRO", params (string Name, string Subject, int Version)[] references)
    {
        lock (schemas)
        {
            int id = schemas.FindIndex(s => s.Type == type && s.Text == text) + 1;
            if (id == 0)
            {
                JsonArray? listed = references.Length == 0 ? null : new JsonArray([.. references.Select(static r => new JsonObject { ["name"] = r.Name, ["subject"] = r.Subject, ["version"] = r.Version })]);
                schemas.Add((type, text, listed));
                id = schemas.Count;
            }

            if (!subjects.TryGetValue(subject, out List<int>? versions))
            {
                subjects.Add(subject, versions = []);
            }

            if (!versions.Contains(id))
            {
                versions.Add(id);
            }

            return id;
        }
    }

    /// <summary>Deletes a subject as registries do: its schemas stay readable by id.</summary>
    public void Delete(string subject) => subjects.Remove(subject);

    public string TextOf(int id) => schemas[id - 1].Text;

    public static byte[] Framed(int id, params ReadOnlySpan<byte> payload) => [0, (byte)(id >> 24), (byte)(id >> 16), (byte)(id >> 8), (byte)id, .. payload];

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        // The escaped target, as it came.
        string target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        requests.Enqueue($"{context.Request.Method} {target}");
        await Gate;
        (int status, JsonNode answer) = Login is { } login && context.Request.Headers.Authorization != login ? Error(401, 40101, "Unauthorized")
            : Interlocked.Decrement(ref failures) >= 0 ? Error(503, 50301, "not now")
            : await RouteAsync(context, [.. target.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)]);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/vnd.schemaregistry.v1+json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private async Task<(int Status, JsonNode Answer)> RouteAsync(HttpContext context, string[] path)
    {
        switch (path)
        {
            case ["schemas", "ids", var id]:
                return SchemaOf(id) is { } schema ? (200, Described(schema, [])) : Error(404, 40403, "Schema not found");
            case ["schemas", "ids", _, "versions"] when !TellsVersions:
                return (404, new JsonObject { ["error_code"] = 404, ["message"] = "HTTP 404 Not Found" });
            case ["schemas", "ids", var id, "versions"]:
                return SchemaOf(id) is null ? Error(404, 40403, "Schema not found") : (200, new JsonArray([.. Uses(id).Select(static u => new JsonObject { ["subject"] = u.Subject, ["version"] = u.Version })]));
            case ["schemas", "ids", var id, "subjects"]:
                return SchemaOf(id) is null ? Error(404, 40403, "Schema not found") : (200, new JsonArray([.. Uses(id).Select(static u => JsonValue.Create(u.Subject))]));
            case ["subjects", var subject, "versions"] when context.Request.Method == "POST":
                JsonNode posted = (await JsonNode.ParseAsync(context.Request.Body))!;
                return (200, new JsonObject { ["id"] = Register(subject, posted["schema"]!.ToString(), posted["schemaType"]!.ToString()) });
            case ["subjects", var subject, "versions", var version]:
                return Version(subject, version);
            default:
                return (404, JsonValue.Create("no such page"));
        }
    }

    private (int Status, JsonNode Answer) Version(string subject, string version)
    {
        if (!subjects.TryGetValue(subject, out List<int>? versions))
        {
            return Error(404, 40401, $"Subject '{subject}' not found.");
        }

        int number = version == "latest" ? versions.Count : int.Parse(version, CultureInfo.InvariantCulture);
        return number > versions.Count
            ? Error(404, 40402, $"Version {number} not found.")
            : (200, Described(schemas[versions[number - 1] - 1], [new("subject", subject), new("version", number), new("id", versions[number - 1])]));
    }

    private static JsonObject Described((string Type, string Text, JsonArray? References) schema, IEnumerable<KeyValuePair<string, JsonNode?>> more)
    {
        var answer = new JsonObject(more) { ["schema"] = schema.Text };

        // Avro is what is meant when nothing is said.
        if (schema.Type != "AVRO")
        {
            answer["schemaType"] = schema.Type;
        }

        if (schema.References is not null)
        {
            answer["references"] = schema.References.DeepClone();
        }

        return answer;
    }

    private (string, string, JsonArray?)? SchemaOf(string id) => int.TryParse(id, out int number) && number > 0 && number <= schemas.Count ? schemas[number - 1] : null;

    private IEnumerable<(string Subject, int Version)> Uses(string id) =>
        subjects.SelectMany(s => s.Value.Select((i, index) => (s.Key, Id: i, Version: index + 1))).Where(u => u.Id == int.Parse(id, CultureInfo.InvariantCulture)).Select(static u => (u.Key, u.Version));

    private static (int, JsonNode) Error(int status, int code, string message) => (status, new JsonObject { ["error_code"] = code, ["message"] = message });
}
