using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Mapping.Pipeline.Tests.Service;

/// <summary>Takes what is sent to an OpenTelemetry collector, or to a push gateway, and keeps it.</summary>
internal sealed class CollectorStub : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<(string Path, string ContentType, byte[] Body)> received = new();

    private CollectorStub(bool isGrpc)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        application = builder.Build();
        application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue(($"{context.Request.Method} {context.Request.Path}", context.Request.ContentType ?? string.Empty, body.ToArray()));
            context.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
            if (isGrpc)
            {
                // An empty message, and that all is well.
                await context.Response.Body.WriteAsync(new byte[5]);
                context.Response.AppendTrailer("grpc-status", "0");
            }
        });
    }

    public string Authority => new Uri(application.Urls.First()).Authority;

    public (string Path, string ContentType, byte[] Body)[] Received => [.. received];

    /// <param name="isGrpc">Speaks gRPC rather than HTTP with protobuf.</param>
    public static async Task<CollectorStub> StartAsync(bool isGrpc = false)
    {
        var stub = new CollectorStub(isGrpc);
        await stub.application.StartAsync();
        return stub;
    }

    /// <summary>All that was sent to a path, as far as it is text.</summary>
    public string TextOf(string path) => string.Concat(Received.Where(r => r.Path == path).Select(r => Encoding.Latin1.GetString(r.Body)));

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
