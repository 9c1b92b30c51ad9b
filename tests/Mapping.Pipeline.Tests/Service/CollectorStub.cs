using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Mapping.Pipeline.Tests.Service;

/// <summary>Takes what is sent to an OpenTelemetry collector, or to a push gateway, and keeps it.</summary>
internal sealed class CollectorStub : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<(string Path, string ContentType, byte[] Body)> received = new();

    private CollectorStub()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        application = builder.Build();
        application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue(($"{context.Request.Method} {context.Request.Path}", context.Request.ContentType ?? string.Empty, body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
    }

    public string Authority => new Uri(application.Urls.First()).Authority;

    public (string Path, string ContentType, byte[] Body)[] Received => [.. received];

    public static async Task<CollectorStub> StartAsync()
    {
        var stub = new CollectorStub();
        await stub.application.StartAsync();
        return stub;
    }

    /// <summary>All that was sent to a path, as far as it is text.</summary>
    public string TextOf(string path) => string.Concat(Received.Where(r => r.Path == path).Select(r => Encoding.Latin1.GetString(r.Body)));

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
