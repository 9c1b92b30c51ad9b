using System.Buffers;
using System.Text;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

public class RawCopyTests
{
    [Theory]
    [InlineData("""  {"a":1.0}  """, """{"a":1.0}""")]
    [InlineData(""" { "a" : [ 1.0 , "\u0041\/" , { } , [ ] ] } """, """{"a":[1.0,"\u0041\/",{},[]]}""")]
    [InlineData("""{"a":1,"b":2,"a":3}""", """{"a":3,"b":2}""")]
    [InlineData("""{"a":{"x":1,"x":2},"b":{"y":[{"z":1,"z":[ ]}]},"a":4}""", """{"a":4,"b":{"y":[{"z":[]}]}}""")]
    [InlineData("""{"\u0061":1,"a":2}""", """{"\u0061":2}""")]
    [InlineData("""["\ud800x","\n"]""", "[\"\uFFFDx\",\"\\n\"]")]
    [InlineData("[\"\u2028\"]", "[\"\\u2028\"]")]
    [InlineData("""{"k\udc00":1,"k\udc01":2}""", "{\"k\uFFFD\":2}")]
    [InlineData(" 1e3 ", "1e3")]
    public void Is_compact_and_clean(string text, string expected)
    {
        Document document = DocumentTests.Parse(text);
        var buffer = new Utf8Buffer();
        RawCopy.Write(document, 0, buffer);
        Assert.Equal(expected, Encoding.UTF8.GetString(buffer.WrittenSpan));
        var other = new ArrayBufferWriter<byte>();
        RawCopy.Write(document, 0, other);
        Assert.Equal(expected, Encoding.UTF8.GetString(other.WrittenSpan));
    }
}
