using Mapping.Builtins.Parsing;
using Mapping.Builtins.Strings;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

public class ParsingTests
{
    [Theory]
    [InlineData("http://u:p%40@[::1]:80/a%2Fb?q#f%20", "{fragment=f |host=[::1]:80|opaque=|path=/a/b|raw_fragment=|raw_path=/a%2Fb|raw_query=q|scheme=http|user={name=u|password=p@}}")]
    [InlineData("MAILTO:a@b?x", "{fragment=|host=|opaque=a@b|path=|raw_fragment=|raw_path=|raw_query=x|scheme=mailto}")]
    [InlineData("//h/p", "{fragment=|host=h|opaque=|path=/p|raw_fragment=|raw_path=|raw_query=|scheme=}")]
    [InlineData("", "{fragment=|host=|opaque=|path=|raw_fragment=|raw_path=|raw_query=|scheme=}")]
    public void Urls(string url, string expected) => Assert.Equal(expected, Call.Text(UrlReading.ParseUrl, url));

    [Theory]
    [InlineData("http://a b/")]
    [InlineData(":x")]
    [InlineData("a%b:c")]
    [InlineData("http://h:port/")]
    [InlineData("http://[::1/")]
    [InlineData("/a%zz")]
    [InlineData("http://h%41/")]
    [InlineData("a\nb")]
    public void Broken_urls(string url) => Assert.StartsWith("error: failed to parse url", Call.Text(UrlReading.ParseUrl, url), StringComparison.Ordinal);

    [Theory]
    [InlineData("a,b\r\n1,\"x\r\ny\"\r\n\r\n\"q\"\"q\",", "[[a|b]|[1|x\ny]|[q\"q|]]")]
    [InlineData("a", "[[a]]")]
    [InlineData("\"\"", "[[]]")]
    [InlineData("a\r", "[[a]]")]
    [InlineData("a,b\n1", "error: line 2: wrong number of fields: 1 instead of 2")]
    [InlineData("a\"b", "error: line 1: a quote stands in a field that is not quoted")]
    [InlineData("\"a\"b", "error: line 1: text follows the end of a quoted field")]
    [InlineData("\"a", "error: line 1: a quoted field does not end")]
    [InlineData("\n\n", "error: zero records were parsed")]
    public void Csv(string text, string expected) => Assert.Equal(expected, Call.Text(CsvReading.ParseCsv, text, Value.False));

    [Theory]
    [InlineData("a=\"x\\ty\"b=2 c", "{a=x\ty|b=2|c=true}")]
    [InlineData("a=\"\\u00e9\\q\" =b c==d", "{a=é\\q|b=true|c==d}")]
    [InlineData("a=\"x\\", "error: unterminated quoted value for key \"a\"")]
    public void Logfmt(string text, string expected) => Assert.Equal(expected, Call.Text(LogfmtReading.ParseLogfmt, text));

    [Theory]
    [InlineData("\"a\\x41\\101\\u00e9\\n\\\"\"", "aAAé\n\"")]
    [InlineData("'é'", "é")]
    [InlineData("`a\\n`", "a\\n")]
    [InlineData("'ab'", "error: invalid syntax")]
    [InlineData("\"a", "error: invalid syntax")]
    [InlineData("\"", "error: invalid syntax")]
    [InlineData("\"\\q\"", "error: invalid syntax")]
    [InlineData("\"\\ud800\"", "error: invalid syntax")]
    [InlineData("\"\\777\"", "error: invalid syntax")]
    [InlineData("\"a\\\"", "error: invalid syntax")]
    public void Unquotes(string text, string expected) => Assert.Equal(expected, Call.Text(Quoting.Unquote, text));

    [Theory]
    [InlineData("&amp;&#39;&#xe9;&eacute&notit; &nope; &#; &#x; &#128; &#xD800;", "&'éé¬it; &nope; &#; &#x; € \uFFFD")]
    [InlineData("a & b &", "a & b &")]
    public void Html(string text, string expected) => Assert.Equal(expected, Call.Text(HtmlEscaping.UnescapeHtml, text));

    [Theory]
    [InlineData("it's 2nd o'NEIL foo_bar a..b ΟΔΟΣ straße", "It's 2Nd O'neil Foo_bar A..B Οδος Straße")]
    [InlineData("hello-world", "Hello-World")]
    public void Capitalizes(string text, string expected) => Assert.Equal(expected, Call.Text(Capitalizing.Capitalize, text));
}
