using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mapping.Pipeline.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mapping.Pipeline.Components.Http;

/// <summary>A listener of an input's own.</summary>
internal sealed class HttpHost : IAsyncDisposable
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(5);

    private readonly WebApplication application;

    private HttpHost(WebApplication application) => this.application = application;

    /// <summary>Where it listens, with the port that a port of 0 became.</summary>
    public string Address => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <exception cref="StartException">The port is in use, or the certificate cannot be read.</exception>
    public static async Task<HttpHost> StartAsync(HttpServerOptions options, HttpEndpoints endpoints, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());

        // Signals are the runner's business.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        X509Certificate2? certificate = options.CertificateFile.Length > 0 ? Load(options) : null;
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = options.LargestBody;
            (string host, int port) = Parse(options.Address)!.Value;
            Listen(server, host, port, certificate);
        });
        WebApplication application = builder.Build();
        application.UseWebSockets();
        application.Run(context => ServeAsync(context, options.Cors, endpoints));
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new StartException($"cannot listen on {options.Address}: {(error.InnerException ?? error).Message}", "choose a port that is free");
        }

        return new HttpHost(application);
    }

    /// <summary>The host (empty for any) and the port; null when the text is none.</summary>
    public static (string Host, int Port)? Parse(string address)
    {
        int colon = address.LastIndexOf(':');
        return colon >= 0 && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue
            ? (address[..colon].Trim('[', ']'), port)
            : null;
    }

    /// <summary>Answers that are under way are still sent.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopsWithin);
        await application.StopAsync(limit.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }

    private static void Listen(KestrelServerOptions server, string host, int port, X509Certificate2? certificate)
    {
        void Secure(ListenOptions listener)
        {
            if (certificate is not null)
            {
                listener.UseHttps(certificate);
            }
        }

        switch (host)
        {
            case "" or "*":
                server.ListenAnyIP(port, Secure);
                break;
            case "localhost" when port > 0:
                server.ListenLocalhost(port, Secure);
                break;
            default:
                IPAddress address = IPAddress.TryParse(host, out IPAddress? known) ? known : Dns.GetHostAddresses(host).FirstOrDefault() ?? IPAddress.Loopback;
                server.Listen(address, port, Secure);
                break;
        }
    }

    private static X509Certificate2 Load(HttpServerOptions options)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartException($"the certificate cannot be read: {error.Message}", "cert_file and key_file name files of PEM");
        }
    }

    private static async Task ServeAsync(HttpContext context, CorsOptions cors, HttpEndpoints endpoints)
    {
        if (cors.Enabled && context.Request.Headers.Origin.ToString() is { Length: > 0 } origin && cors.Origins.Any(o => o == "*" || string.Equals(o, origin, StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.Vary = "Origin";
            if (HttpMethods.IsOptions(context.Request.Method) && context.Request.Headers.ContainsKey("Access-Control-Request-Method"))
            {
                context.Response.Headers.AccessControlAllowMethods = context.Request.Headers.AccessControlRequestMethod;
                context.Response.Headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
        }

        if (!await endpoints.TryServeAsync(context, context.Request.Path.Value ?? "/").ConfigureAwait(false))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
