using System.Buffers;
using System.Text;
using Mapping.Functions;

namespace Mapping.Pipeline.Tests.Messages;

/// <summary>Copies share until they differ.</summary>
public class MessageTests
{
    private static string Map(string mapping, Message message)
    {
        var output = new ArrayBufferWriter<byte>();
        MappingEnvironment.Full.Compile(mapping).Run([message], 0, output, out MappingError? error);
        return error?.Text ?? Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [Fact]
    public void Changing_the_body_of_one_leaves_the_other_as_it_was()
    {
        Message message = TestInput.Message("""{"a":1}""");
        Message copy = message.Copy();
        Assert.Equal("1", Map("root = this.a", copy));
        copy.Body = """{"a":2}"""u8.ToArray();
        Assert.Equal("1", Map("root = this.a", message));
        Assert.Equal("2", Map("root = this.a", copy));
        message.Body = """{"a":3}"""u8.ToArray();
        Assert.Equal("2", Map("root = this.a", copy));
        Assert.Equal("3", Map("root = this.a", message));
    }

    [Fact]
    public void Changing_the_metadata_of_one_leaves_the_other_as_it_was()
    {
        Message message = TestInput.Message("{}");
        message.SetMetadata("k", "v");
        Message copy = message.Copy();
        copy.SetMetadata("k", "w");
        Assert.Equal("v", message.GetMetadata("k"));
        Assert.Equal("w", copy.GetMetadata("k"));
    }

    [Fact]
    public void A_message_without_a_body_stays_so_until_it_gets_one()
    {
        Message message = Message.WithoutBody();
        Assert.True(message.IsNull);
        Assert.True(message.Copy().IsNull);
        message.Body = Array.Empty<byte>();
        Assert.False(message.IsNull);
    }

    [Fact]
    public void Copies_are_read_by_many_threads_at_once()
    {
        CompiledMapping mapping = MappingEnvironment.Full.Compile("root = this.a + this.b.length()");
        for (int round = 0; round < 200; round++)
        {
            Message message = TestInput.Message("""{"a":1,"b":"xyz"}""");
            Message[] copies = [.. Enumerable.Range(0, 8).Select(_ => message.Copy())];
            Parallel.ForEach(copies, copy =>
            {
                var output = new ArrayBufferWriter<byte>();
                mapping.Run([copy], 0, output, out _);
                Assert.Equal("4", Encoding.UTF8.GetString(output.WrittenSpan));
            });
        }
    }
}
