using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Service;

/// <summary>
/// Where the HTTP server of a run is reached. It listens from the start; the server itself, whose code costs more to load than a short
/// run takes, is made when somebody first calls.
/// </summary>
internal sealed class ServicePort : IAsyncDisposable
{
    /// <summary>Closing the sockets ends the wait at once, but not on every system.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private readonly PipelineService service;
    private readonly ListeningSockets sockets;
    private readonly X509Certificate2? certificate;
    private readonly ILog log;
    private readonly Lock gate = new();
    private Task<ServiceServer>? serving;
    private volatile bool isClosed;

    private ServicePort(PipelineService service, ListeningSockets sockets, X509Certificate2? certificate, ILog log)
    {
        this.service = service;
        this.sockets = sockets;
        this.certificate = certificate;
        this.log = log;
    }

    /// <summary>As in <c>http://127.0.0.1:4195</c>.</summary>
    public string Address => (certificate is null ? "http://" : "https://") + sockets.Authority;

    /// <exception cref="ServiceStartException">It cannot listen where it was told to.</exception>
    public static ServicePort Open(PipelineService service, ILog log)
    {
        HttpOptions options = service.Graph.Service.Http;
        X509Certificate2? certificate = CertificateOf(service.Graph);
        if (!ListenAddress.TryParse(options.Address, out ListenAddress? address))
        {
            throw new InvalidOperationException("the address was checked when the configuration was read");
        }

        try
        {
            var port = new ServicePort(service, new ListeningSockets(address), certificate, log);
            new Thread(port.AwaitFirstCall) { IsBackground = true, Name = "HTTP service" }.Start();
            return port;
        }
        catch (SocketException error)
        {
            string reason = error.SocketErrorCode == SocketError.AddressAlreadyInUse ? "the address is in use" : error.Message;
            throw Failure(service.Graph, "address", $"the HTTP service cannot listen at {options.Address}: {reason}", "set http.address to another one, or http.enabled to false", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<ServiceServer>? begun;
        lock (gate)
        {
            isClosed = true;
            begun = serving;
        }

        if (begun is { IsFaulted: false })
        {
            ServiceServer server = await begun.ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
        }

        sockets.Dispose();
        certificate?.Dispose();
    }

    private void AwaitFirstCall()
    {
        try
        {
            while (!isClosed)
            {
                if (sockets.IsCalledWithin(LongestWait))
                {
                    Begin();
                    return;
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed, because nobody called as long as the run lasted.
            if (!isClosed)
            {
                log.Write(LogLevel.Error, $"the HTTP service is out of reach: {error.Message}");
            }
        }
    }

    private void Begin()
    {
        lock (gate)
        {
            if (!isClosed)
            {
                serving = ServiceServer.StartAsync(service, sockets, certificate);
                serving.ContinueWith(
                    failed => log.Write(LogLevel.Error, $"the HTTP service cannot start: {failed.Exception!.InnerException!.Message}"),
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default);
            }
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
}
