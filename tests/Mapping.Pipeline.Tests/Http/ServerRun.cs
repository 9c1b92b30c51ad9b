using System.Text;
using System.Text.RegularExpressions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Tests.Http;

/// <summary>A pipeline behind an <c>http_server</c>, running until it is stopped.</summary>
internal sealed partial class ServerRun : IAsyncDisposable
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource stop = new();
    private readonly Lines lines = new();
    private readonly Streams streams = new();
    private readonly PipelineRun run;
    private readonly Task<bool> running;

    private ServerRun(PipelineGraph graph, HttpEndpoints? endpoints)
    {
        run = new PipelineRun(graph, new TextLog(lines, graph.Logger with { AddTimestamp = false, StaticFields = [] }, TimeProvider.System), NoMetrics.Instance, TimeProvider.System, streams, endpoints: endpoints);
        running = run.RunAsync(stop.Token);
    }

    /// <summary>Speaks to it; every certificate is good.</summary>
#pragma warning disable CA5359 // The certificates are the tests' own.
    public HttpClient Client { get; } = new(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true }, AllowAutoRedirect = false });
#pragma warning restore CA5359

    /// <summary>As in <c>http://127.0.0.1:40000</c>.</summary>
    public string Url { get; private set; } = "";

    public string Output => Encoding.UTF8.GetString(streams.Written.ToArray());

    public string Log => lines.ToString();

    /// <param name="server">Fields of http_server on one line, without the address; on a busy machine its own time-out may be too short.</param>
    /// <param name="rest">The rest of the configuration.</param>
    /// <param name="more">Further types of components.</param>
    public static Task<ServerRun> StartAsync(string server, string rest, params ComponentType[] more) =>
        StartAsync($"input:\n  http_server: {{ address: \"127.0.0.1:0\"{(server.Contains("timeout:", StringComparison.Ordinal) ? "" : ", timeout: 60s")}{(server.Length > 0 ? ", " : "")}{server} }}\n{rest}", more);

    /// <summary>A whole configuration.</summary>
    public static async Task<ServerRun> StartAsync(string yaml, params ComponentType[] more)
    {
        var started = new ServerRun(PipelineTest.Read(yaml, more: more), null);
        string log = await started.lines.WaitAsync("taking messages at ", started.running).WaitAsync(TooLong);
        started.Url = Listening().Match(log).Groups[1].Value;
        return started;
    }

    /// <summary>A run that listens at the server of its host.</summary>
    public static ServerRun Within(string yaml, HttpEndpoints endpoints) => new(PipelineTest.Read(yaml), endpoints);

    public async Task<(int Status, string Body)> PostAsync(string body, string path = "/post", string type = "application/json")
    {
        using HttpResponseMessage response = await SendAsync(body, path, type);
        return ((int)response.StatusCode, (await response.Content.ReadAsStringAsync()).TrimEnd('\n'));
    }

    public Task<HttpResponseMessage> SendAsync(string body, string path = "/post", string type = "application/json", Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Url + path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        change?.Invoke(request);
        return Client.SendAsync(request);
    }

    /// <summary>Signals the stop, without waiting for it.</summary>
    public Task BeginStopAsync() => stop.CancelAsync();

    /// <summary>Stops it in order; false when it had to be cut off.</summary>
    public async Task<bool> StopAsync()
    {
        await stop.CancelAsync();
        return await running.WaitAsync(TooLong);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await run.DisposeAsync();
        Client.Dispose();
        stop.Dispose();
    }

    [GeneratedRegex(@"taking messages at (https?://[0-9.:]+)/")]
    private static partial Regex Listening();

    private sealed class Streams : IStandardStreams
    {
        public MemoryStream Written { get; } = new();

        public Stream Input { get; } = new MemoryStream();

        public Stream Output => Written;
    }

    /// <summary>A log in which a line can be waited for.</summary>
    private sealed class Lines : StringWriter
    {
        private readonly TaskCompletionSource<string> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string? wanted;

        public async Task<string> WaitAsync(string text, Task<bool> running)
        {
            wanted = text;
            Flush();
            if (await Task.WhenAny(found.Task, running) == running)
            {
                await running;
            }

            return await found.Task;
        }

        public override void Flush()
        {
            lock (this)
            {
                if (wanted is not null && ToString().Contains(wanted, StringComparison.Ordinal))
                {
                    found.TrySetResult(ToString());
                }
            }
        }
    }
}
