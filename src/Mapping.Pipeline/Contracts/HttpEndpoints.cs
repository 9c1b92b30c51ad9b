using Microsoft.AspNetCore.Http;

namespace Mapping.Pipeline.Contracts;

/// <summary>What an HTTP server serves besides its own pages; a component with no address of its own adds its endpoints to those of the service.</summary>
internal sealed class HttpEndpoints
{
    private readonly Lock gate = new();
    private Endpoint[] endpoints = [];

    /// <summary>Paths with their descriptions.</summary>
    public IReadOnlyList<(string Path, string Description)> All => [.. endpoints.Select(e => (e.Path.Text, e.Description))];

    /// <summary>Serves a path until the result is disposed. Values of <c>{name}</c> segments are among the route values of the request.</summary>
    /// <exception cref="StartException">The path is served already.</exception>
    public IDisposable Add(string path, string description, RequestDelegate handler)
    {
        var endpoint = new Endpoint(this, new PathPattern(path), description, handler);
        lock (gate)
        {
            if (endpoints.Any(e => e.Path.Text == endpoint.Path.Text))
            {
                throw new StartException($"the path {endpoint.Path.Text} is served twice", "give each of them a path of its own");
            }

            // The most exact path is asked first.
            endpoints = [.. endpoints.Append(endpoint).OrderByDescending(e => e.Path.Text.Length)];
        }

        return endpoint;
    }

    /// <summary>False when nobody serves the path.</summary>
    public async Task<bool> TryServeAsync(HttpContext context, string path)
    {
        var values = new List<KeyValuePair<string, string>>();
        if (Array.Find(endpoints, e => e.Path.Fits(path, values)) is not { } endpoint)
        {
            return false;
        }

        foreach ((string name, string value) in values)
        {
            context.Request.RouteValues[name] = value;
        }

        await endpoint.Handler(context).ConfigureAwait(false);
        return true;
    }

    private void Remove(Endpoint endpoint)
    {
        lock (gate)
        {
            endpoints = [.. endpoints.Where(e => e != endpoint)];
        }
    }

    private sealed record Endpoint(HttpEndpoints Owner, PathPattern Path, string Description, RequestDelegate Handler) : IDisposable
    {
        public void Dispose() => Owner.Remove(this);
    }
}
