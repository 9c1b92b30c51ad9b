using System.Net.WebSockets;
using System.Text;

namespace Mapping.Pipeline.Tests.Http;

public class WebSocketTests
{
    private static async Task<ClientWebSocket> OpenAsync(ServerRun run, string path = "/post/ws")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(run.Url.Replace("http://", "ws://", StringComparison.Ordinal) + path), default);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var block = new byte[1024];
        WebSocketReceiveResult received = await socket.ReceiveAsync(block, default).WaitAsync(TimeSpan.FromSeconds(90));
        return received.MessageType == WebSocketMessageType.Close ? $"closed: {received.CloseStatus}" : Encoding.UTF8.GetString(block, 0, received.Count);
    }

    [Fact]
    public async Task A_frame_is_a_message_and_responses_are_frames()
    {
        await using ServerRun run = await ServerRun.StartAsync("ws_welcome_message: welcome", "pipeline: { threads: 1, processors: [ { mapping: 'root = content().uppercase()' }, { sync_response: {} } ] }\noutput: { stdout: {} }\n");
        using ClientWebSocket socket = await OpenAsync(run);
        Assert.Equal("welcome", await ReceiveAsync(socket));
        await SendAsync(socket, "a");
        await SendAsync(socket, "b");
        Assert.Equal("A", await ReceiveAsync(socket));
        Assert.Equal("B", await ReceiveAsync(socket));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        Assert.Equal("A\nB\n", run.Output);
    }

    [Fact]
    public async Task A_rejected_frame_is_delivered_again()
    {
        var output = new TestOutput { Before = (call, _, _) => call <= 2 ? throw new IOException("busy") : ValueTask.CompletedTask };
        await using ServerRun run = await ServerRun.StartAsync("", "pipeline: { threads: 1, processors: [ { sync_response: {} } ] }\noutput: { test: {} }\n", output.Type);
        using ClientWebSocket socket = await OpenAsync(run);
        await SendAsync(socket, "a");
        Assert.Equal("a", await ReceiveAsync(socket));
        Assert.Equal(["a"], output.Written);
        Assert.Equal(3, output.Calls);
    }

    [Fact]
    public async Task A_frame_beyond_the_rate_limit_is_told()
    {
        var limit = new TestRateLimit();
        await using ServerRun run = await ServerRun.StartAsync(
            "rate_limit: gentle, ws_rate_limit_message: slow down", "pipeline: { processors: [ { sync_response: {} } ] }\noutput: { drop: {} }\nrate_limit_resources: [ { label: gentle, test: {} } ]\n", limit.Type);
        using ClientWebSocket socket = await OpenAsync(run);
        await SendAsync(socket, "a");
        Assert.Equal("slow down", await ReceiveAsync(socket));
        await SendAsync(socket, "b");
        Assert.Equal("b", await ReceiveAsync(socket));
    }

    [Fact]
    public async Task A_frame_that_is_too_large_closes_the_socket()
    {
        await using ServerRun run = await ServerRun.StartAsync("max_body_size: 10", "output: { stdout: {} }\n");
        using ClientWebSocket socket = await OpenAsync(run);
        await SendAsync(socket, "much too long");
        Assert.Equal("closed: MessageTooBig", await ReceiveAsync(socket));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_socket_at_rest_is_closed_when_the_pipeline_stops()
    {
        ClientWebSocket socket;
        Task<string> received;
        await using (ServerRun run = await ServerRun.StartAsync("ws_welcome_message: welcome", "output: { drop: {} }\n"))
        {
            socket = await OpenAsync(run);
            Assert.Equal("welcome", await ReceiveAsync(socket));
            received = ReceiveAsync(socket);
        }

        Assert.Equal("closed: EndpointUnavailable", await received);
        socket.Dispose();
    }

    [Fact]
    public async Task Other_requests_are_told_what_the_path_is_for()
    {
        await using ServerRun run = await ServerRun.StartAsync("", "output: { stdout: {} }\n");
        Assert.Equal((426, "this path takes websockets"), await run.PostAsync("x", "/post/ws"));
    }
}
