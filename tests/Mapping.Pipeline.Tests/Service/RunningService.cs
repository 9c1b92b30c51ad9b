using System.Text;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Service;

namespace Mapping.Pipeline.Tests.Service;

/// <summary>A pipeline that runs with its HTTP service, at a port of its own.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly PipelineService service;
    private readonly Task<bool> run;

    private RunningService(PipelineService service, ListLog log)
    {
        this.service = service;
        Log = log;
        run = service.RunAsync(stop.Token);
        Client = new HttpClient { BaseAddress = service.Address is { } address ? new Uri(address) : null };
    }

    public HttpClient Client { get; }

    public ListLog Log { get; }

    public string? Address => service.Address;

    public IMetrics Metrics => service.Metrics;

    public Task<bool> Ended => run;

    /// <param name="yaml">Without the section http, for which port 0 is set, unless it has one.</param>
    /// <param name="more">Components of the test.</param>
    public static async Task<RunningService> StartAsync(string yaml, params ComponentType[] more)
    {
        var log = new ListLog();
        string whole = yaml.Contains("\nhttp:", StringComparison.Ordinal) ? yaml : yaml + "\nhttp: { address: \"127.0.0.1:0\" }\n";
        var service = new PipelineService(PipelineTest.Read(whole, null, more), log, TimeProvider.System, new Streams());
        try
        {
            service.Serve();
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }

        return new RunningService(service, log);
    }

    public async Task<(int Status, string Content)> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks again until the answer is right, for at most a minute and a half.</summary>
    public async Task<string> UntilAsync(string path, Func<string, bool> isRight)
    {
        for (int i = 0; ; i++)
        {
            string content = (await GetAsync(path)).Content;
            if (isRight(content))
            {
                return content;
            }

            Assert.True(i < 1800, content);
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run;
        await service.DisposeAsync();
        Client.Dispose();
        stop.Dispose();
    }

    private sealed class Streams : IStandardStreams
    {
        public Stream Input { get; } = new MemoryStream(Encoding.UTF8.GetBytes("{}\n"));

        public Stream Output => Stream.Null;
    }
}
