using System.Buffers;
using System.Text;
using Mapping.Functions;

namespace Mapping.Tests.Functions;

/// <summary>Messages that one thread uses until they are copied.</summary>
public class SharedMessageTests
{
    [Fact]
    public void A_message_that_was_used_alone_is_read_by_many_threads_once_it_is_copied()
    {
        CompiledMapping mapping = MappingEnvironment.Full.Compile("root = this.text + this.other");
        string escapes = string.Concat(Enumerable.Repeat("\\n\\\"\\u00e9-", 400));
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"text\":\"" + escapes + "\",\"other\":\""), 0xFF, 0xC3, .. "\\t\"}"u8];
        string expected = string.Concat(Enumerable.Repeat("\n\"é-", 400)) + "\uFFFD\uFFFD\t";
        var message = new Message();
        for (int round = 0; round < 300; round++)
        {
            message.Recycle(body, 0, body.Length);
            Assert.True(message.TryGetDocument(out _));
            Message[] copies = [.. Enumerable.Range(0, 6).Select(_ => message.Copy())];
            Parallel.ForEach(copies, copy => Assert.Equal(expected, Run(mapping, copy)));

            // Alone again, and read as that.
            message.Recycle(body, 0, body.Length);
            Assert.Equal(expected, Run(mapping, message));
        }
    }

    private static string Run(CompiledMapping mapping, Message message)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(MappingOutcome.Mapped, mapping.Run([message], 0, output, out _));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
