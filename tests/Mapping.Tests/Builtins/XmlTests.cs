using System.Text;
using Mapping.Builtins.Parsing;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

public class XmlTests
{
    [Theory]
    [InlineData("<a/>", "{a=}")]
    [InlineData("<a> x </a>", "{a=x}")]
    [InlineData("<a b='1'/>", "{a={-b=1}}")]
    [InlineData("<a b='1'>x</a>", "{a={#text=x|-b=1}}")]
    [InlineData("<a><b>1</b><b>2</b><b>3</b></a>", "{a={b=[1|2|3]}}")]
    [InlineData("<a>first<b/>second</a>", "{a={#text=first|b=}}")]
    [InlineData("<a><b/>one<b/>two</a>", "{a={#text=two|b=[|]}}")]
    [InlineData("<n:a x:b='1'><y:c>2</y:c></n:a>", "{a={-b=1|c=2}}")]
    [InlineData("<?xml version='1.0'?><!-- c --><!DOCTYPE a><a><![CDATA[<x>]]></a>", "{a=<x>}")]
    [InlineData("<a>&lt;&#65;</a>", "{a=<A}")]
    [InlineData("<a>one&nbsp;two<b c='&nbsp;'/></a>", "{a={#text=one&nbsp;two|b={-c=&nbsp;}}}")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>", "{a=&x;}")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'xx'><!ENTITY y '&x;&x;'>]><a>&y;</a>", "{a=&y;}")]
    public void Reading(string xml, string expected) => Assert.Equal(expected, Call.Text(XmlReading.ParseXml, xml));

    [Theory]
    [InlineData("<a>1e3</a>", "number")]
    [InlineData("<a>t</a>", "bool")]
    [InlineData("<a>NaN</a>", "string")]
    [InlineData("<a>yes</a>", "string")]
    public void Casting(string xml, string type)
    {
        Value result = Call.Method(XmlReading.ParseXml, Value.FromString(xml), Value.True);
        Assert.True(result.TryGetMember("a"u8, out Value value));
        Assert.Equal(type, value.TypeName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("<a>")]
    [InlineData("<a></b>")]
    [InlineData("<?xml version='1.0' encoding='no-such'?><a/>")]
    [InlineData("<a b='&'/>")]
    public void Broken_text_is_an_error(string xml) =>
        Assert.StartsWith("error: parsing value as XML: ", Call.Text(XmlReading.ParseXml, xml), StringComparison.Ordinal);

    [Fact]
    public void The_declared_encoding_counts() => Assert.Equal(
        "{a=é}",
        Call.Show(Call.Method(XmlReading.ParseXml, Value.FromBytes(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>")))));

    [Fact]
    public void Deep_nesting_is_read_or_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("<a>", 9_000)) + string.Concat(Enumerable.Repeat("</a>", 9_000));
        Value value = Call.Method(XmlReading.ParseXml, Value.FromString(deep));
        Assert.True(value.IsObject);
        Assert.Equal(ValueKind.Bytes, Call.Method(XmlFormatting.FormatXml, value, Value.FromString(string.Empty)).Kind);
        Assert.True(Call.Method(XmlReading.ParseXml, Value.FromString(string.Concat(Enumerable.Repeat("<a>", 20_000)))).AsError().IsFatal);
    }

    [Theory]
    [InlineData("<a><b x=\"1\"/><c>t</c><c/></a>")]
    [InlineData("<doc><a>1</a><b>2</b></doc>")]
    [InlineData("<a x=\"1\">t<b/></a>")]
    public void Compact_text_comes_back(string xml)
    {
        Value parsed = Call.Method(XmlReading.ParseXml, Value.FromString(xml));
        Assert.Equal(xml, Call.Show(Call.Method(XmlFormatting.FormatXml, parsed, Value.Absent, Value.True)));
    }
}
