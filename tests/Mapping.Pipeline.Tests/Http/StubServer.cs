using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Mapping.Pipeline.Tests.Http;

/// <summary>A server on loopback whose answers a test decides, and that keeps what it was asked.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<Request> requests = new();
    private int calls;

    private StubServer(Func<int, HttpContext, Task> answer, X509Certificate2? certificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server => server.Listen(System.Net.IPAddress.Loopback, 0, listener =>
        {
            if (certificate is not null)
            {
                listener.UseHttps(certificate);
            }
        }));
        application = builder.Build();
        application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            requests.Enqueue(new Request(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                Encoding.UTF8.GetString(body.ToArray())));
            await answer(Interlocked.Increment(ref calls), context);
        });
    }

    /// <summary>In the order in which they came.</summary>
    public Request[] Requests => [.. requests];

    public string[] Bodies => [.. requests.Select(r => r.Body)];

    public string Url => application.Urls.First();

    public int Port => new Uri(Url).Port;

    /// <param name="answer">Called with the number of the request from 1.</param>
    /// <param name="certificate">For https.</param>
    public static async Task<StubServer> StartAsync(Func<int, HttpContext, Task> answer, X509Certificate2? certificate = null)
    {
        var server = new StubServer(answer, certificate);
        await server.application.StartAsync();
        return server;
    }

    /// <summary>Answers with these statuses one after another, then with the last one.</summary>
    public static Task<StubServer> WithStatusesAsync(params int[] statuses) => StartAsync((call, context) => AnswerAsync(context, statuses[Math.Min(call, statuses.Length) - 1]));

    public static Task AnswerAsync(HttpContext context, int status, string body = "", params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach ((string name, string value) in headers)
        {
            context.Response.Headers.Append(name, value);
        }

        return context.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }

    internal sealed record Request(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
}
