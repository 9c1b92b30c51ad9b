using System.Net;
using System.Security.Cryptography.X509Certificates;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mapping.Pipeline.Service;

/// <summary>The HTTP server of a run: health, version and metrics.</summary>
internal sealed class ServiceServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromMilliseconds(200);

    private readonly WebApplication application;
    private readonly HttpOptions options;
    private readonly ServicePages pages;
    private readonly HttpEndpoints endpoints;
    private readonly LoginGuard? guard;

    private ServiceServer(WebApplication application, PipelineService service)
    {
        this.application = application;
        options = service.Graph.Service.Http;
        pages = new ServicePages(service);
        endpoints = service.Endpoints;
        guard = options.Login is { } login ? new LoginGuard(login) : null;
        application.UseWebSockets();
        application.Run(AnswerAsync);
    }

    /// <param name="service">What it tells about.</param>
    /// <param name="sockets">Where it listens; they are its own from now on.</param>
    /// <param name="certificate">Null for plain HTTP.</param>
    public static async Task<ServiceServer> StartAsync(PipelineService service, ListeningSockets sockets, X509Certificate2? certificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());

        // Signals and the end of the process are the run's business.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().UseSockets(transport => transport.CreateBoundListenSocket = sockets.At);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (IPEndPoint endPoint in sockets.EndPoints)
            {
                kestrel.Listen(endPoint, listen =>
                {
                    if (certificate is not null)
                    {
                        listen.UseHttps(certificate);
                    }
                });
            }
        });
        WebApplication application = builder.Build();
        var server = new ServiceServer(application, service);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // Connections that scrapers keep open do not hold up the end.
        using var patience = new CancellationTokenSource(LongestStop);
        try
        {
            await application.StopAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // They are cut off.
        }

        await application.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (AllowsOrigin(context) && HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (guard is not null && !guard.Admits(context.Request.Headers.Authorization.ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = guard.Challenge;
            return;
        }

        string path = context.Request.Path.Value ?? string.Empty;
        string prefix = "/" + options.RootPath.Trim('/');
        ServicePage? page = pages.Find(path) ?? (prefix.Length > 1 && path.StartsWith(prefix, StringComparison.Ordinal) ? pages.Find(path[prefix.Length..]) : null);
        if (page is null && await endpoints.TryServeAsync(context, path).ConfigureAwait(false))
        {
            return;
        }

        if (page is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("there is no such page; /endpoints lists them\n").ConfigureAwait(false);
        }
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
        }
        else
        {
            PageAnswer answer = page.Answer();
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.ContentType;
            await context.Response.WriteAsync(answer.Content).ConfigureAwait(false);
        }
    }

    private bool AllowsOrigin(HttpContext context)
    {
        string origin = context.Request.Headers.Origin.ToString();
        bool isAllowed = origin.Length > 0 && (options.Origins.Contains("*") || options.Origins.Contains(origin));
        if (isAllowed)
        {
            context.Response.Headers.AccessControlAllowOrigin = options.Origins.Contains("*") ? "*" : origin;
            context.Response.Headers.AccessControlAllowMethods = "GET, HEAD";
            context.Response.Headers.AccessControlAllowHeaders = "Authorization";
            context.Response.Headers.Vary = "Origin";
        }

        return isAllowed;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
