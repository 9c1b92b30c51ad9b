using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>The requests of the registry's protocol, tried again for as long as a look-up may take.</summary>
internal sealed class RegistryHttp : IDisposable
{
    private const string MediaType = "application/vnd.schemaregistry.v1+json";

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.Zero);

    private readonly string address;
    private readonly IComponentContext context;
    private readonly HttpMessageInvoker client;
    private readonly HttpCredentials credentials;
    private readonly Random random;

    /// <exception cref="StartException">A certificate or key cannot be read.</exception>
    public RegistryHttp(RegistryConnection connection, IComponentContext context)
    {
        this.context = context;
        address = connection.Address;
        random = context.CreateRandom();
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = ConnectionLifetime,
            SslOptions = connection.Tls.ToOptions(),
            UseCookies = false,
        };
        client = new HttpMessageInvoker(handler, disposeHandler: true);
        credentials = new HttpCredentials(connection.Login, client, context.Clock, random);
    }

    /// <summary>The answer to a request; every one of them may be made again without harm.</summary>
    /// <param name="path">Below the registry's address, escaped.</param>
    /// <param name="content">A JSON document to be posted; null asks only.</param>
    /// <param name="limit">The end of all attempts.</param>
    /// <exception cref="SchemaFailure">The registry knows nothing by that path, refuses, or could not be asked in time.</exception>
    public async Task<JsonDocument> SendAsync(string path, byte[]? content, CancellationToken limit)
    {
        string asked = $"{(content is null ? "GET" : "POST")} {address}{path}";
        SchemaFailure? last = null;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                (JsonDocument? answer, last) = await AttemptAsync(asked, path, content, limit).ConfigureAwait(false);
                if (answer is not null)
                {
                    return answer;
                }

                TimeSpan pause = Pauses.Pause(attempt, TimeSpan.Zero, random)!.Value;
                context.Log.Write(LogLevel.Debug, string.Create(CultureInfo.InvariantCulture, $"attempt {attempt} failed, trying again in {pause.TotalSeconds:0.###}s: {last!.Message}"));
                await Task.Delay(pause, context.Clock, limit).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                throw last ?? new SchemaFailure(SchemaProblem.Registry, $"{asked} got no answer in time");
            }
        }
    }

    public void Dispose()
    {
        credentials.Dispose();
        client.Dispose();
    }

    /// <summary>An answer, or what went wrong this time; what another attempt cannot mend is thrown.</summary>
    private async Task<(JsonDocument? Answer, SchemaFailure? Failure)> AttemptAsync(string asked, string path, byte[]? content, CancellationToken limit)
    {
        try
        {
            using var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, address + path);
            request.Headers.Accept.ParseAdd($"{MediaType}, application/json;q=0.9");
            if (content is not null)
            {
                request.Content = new ByteArrayContent(content);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
            }

            await credentials.AddAsync(request, limit).ConfigureAwait(false);
            using HttpResponseMessage response = await client.SendAsync(request, limit).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(limit).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return (JsonDocument.Parse(body), null);
            }

            SchemaFailure refused = Refused(asked, response, body);
            return RetryRules.KindOf((int)response.StatusCode) == FailureKind.Permanent ? throw refused : (null, refused);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException or ClassifiedException)
        {
            return (null, new SchemaFailure(SchemaProblem.Registry, $"{asked} failed: {Told(error)}", error));
        }
    }

    /// <summary>A 404 is an answer only if it has a code of the registry: one of any server says that the address is wrong.</summary>
    private static SchemaFailure Refused(string asked, HttpResponseMessage response, byte[] body)
    {
        (int code, string? message) = ErrorOf(body);
        bool isUnknown = response.StatusCode == HttpStatusCode.NotFound && code is >= 40400 and < 40500;
        string status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}");
        string told = $"{asked} was answered with {status}{(message is null ? string.Empty : ": " + message)}";
        return new SchemaFailure(isUnknown ? SchemaProblem.UnknownSchema : SchemaProblem.Registry, told) { Status = response.StatusCode };
    }

    private static (int Code, string? Message) ErrorOf(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            return (root.GetProperty("error_code").GetInt32(), root.GetProperty("message").GetString());
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return (0, body.Length is 0 or > 300 ? null : Encoding.UTF8.GetString(body).Trim());
        }
    }

    /// <summary>The innermost message says what happened; the outer ones only that something did.</summary>
    private static string Told(Exception error) => error.InnerException is { } inner ? Told(inner) : error.Message;
}
