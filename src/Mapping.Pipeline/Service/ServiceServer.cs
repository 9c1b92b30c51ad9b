using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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

    /// <summary>As in <c>http://127.0.0.1:4195</c>.</summary>
    public string Address => application.Urls.First();

    /// <exception cref="ServiceStartException">It cannot listen where it was told to.</exception>
    public static async Task<ServiceServer> StartAsync(PipelineService service)
    {
        HttpOptions options = service.Graph.Service.Http;
        X509Certificate2? certificate = CertificateOf(service.Graph);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());

        // Signals and the end of the process are the run's business.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listen(kestrel, options, certificate);
        });
        WebApplication application = builder.Build();
        var server = new ServiceServer(application, service);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            string reason = error is IOException { InnerException: AddressInUseException } ? "the address is in use" : error.Message;
            throw Failure(service.Graph, "address", $"the HTTP service cannot listen at {options.Address}: {reason}", "set http.address to another one, or http.enabled to false", error);
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

    private static void Listen(KestrelServerOptions kestrel, HttpOptions options, X509Certificate2? certificate)
    {
        if (!ListenAddress.TryParse(options.Address, out ListenAddress? address))
        {
            throw new InvalidOperationException("the address was checked when the configuration was read");
        }

        void Configure(ListenOptions listen)
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }

        if (address.Host is { } host)
        {
            kestrel.Listen(host, address.Port, Configure);
        }
        else if (address.Port == 0)
        {
            // Two addresses cannot share a port that is not known yet.
            kestrel.Listen(IPAddress.Loopback, 0, Configure);
        }
        else
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
    }

    private static X509Certificate2? CertificateOf(PipelineGraph graph)
    {
        HttpOptions options = graph.Service.Http;
        if (options.CertificateFile.Length == 0)
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Failure(graph, "cert_file", $"the certificate of the HTTP service cannot be read: {error.Message}", "cert_file and key_file are files in PEM format", error);
        }
    }

    private static ServiceStartException Failure(PipelineGraph graph, string field, string message, string remedy, Exception cause)
    {
        ConfigNode place = (graph.Root["http"] as MapNode)?[field] ?? graph.Root;
        return new ServiceStartException(new Diagnostic(DiagnosticCodes.CannotStart, Severity.Error, message, place.Source, place.Span, remedy), cause);
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
