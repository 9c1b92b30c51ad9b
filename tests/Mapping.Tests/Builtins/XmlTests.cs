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
    [InlineData("<a b='&'/>", "{a={-b=&}}")]
    [InlineData("<a x=1 y z = 'q'>t</a>", "{a={#text=t|-x=1|-y=y|-z=q}}")]
    [InlineData("<a><br>one<b>two</a>", "{a={br={#text=one|b=two}}}")]
    [InlineData("<a><b>1</b><b>2</a>", "{a={b=[1|2]}}")]
    [InlineData("<a></b>", "{a=}")]
    [InlineData("<a>one<!-- c -->two</a>", "{a=two}")]
    [InlineData("<a>x]]y ]>z</a>", "{a=x]]y ]>z}")]
    [InlineData("<a b='1' b='2'/>", "{a={-b=2}}")]
    [InlineData("<a:b:c/>", "error: parsing value as XML: line 1: < is followed by no name")]
    [InlineData("<a>one\r\ntwo\rthree&#13;</a>", "{a=one\ntwo\nthree}")]
    [InlineData("<!DOCTYPE a [<!ELEMENT a '>'> <!-- > -->]><a>&#xe9;&#233;&#xZ;&#;</a> <b>", "{a=éé&#xZ;&#;}")]
    [InlineData("<élan>x</élan>", "{élan=x}")]
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
    [InlineData("</a>")]
    [InlineData("<1/>")]
    [InlineData("< a/>")]
    [InlineData("<a")]
    [InlineData("<a b")]
    [InlineData("<a b=")]
    [InlineData("<a b='")]
    [InlineData("<a b='<'/>")]
    [InlineData("<a>]]></a>")]
    [InlineData("<a><![CDATA[x</a>")]
    [InlineData("<a><![x]]></a>")]
    [InlineData("<a><!- x --></a>")]
    [InlineData("<a><!-- x -- y --></a>")]
    [InlineData("<!DOCTYPE a [")]
    [InlineData("<?xml version='1.1'?><a/>")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?><a/>")]
    [InlineData("<?xml")]
    [InlineData("<a>&#0;</a>")]
    [InlineData("<a>\u0001</a>")]
    [InlineData("<p:a></q:a>")]
    [InlineData("<a/ >")]
    [InlineData("<?xml version='1.0' encoding='no-such'?><a/>")]
    public void Broken_text_is_an_error(string xml) =>
        Assert.StartsWith("error: parsing value as XML: ", Call.Text(XmlReading.ParseXml, xml), StringComparison.Ordinal);

    [Theory]
    [InlineData("ISO-8859-1", "e9", "é")]
    [InlineData("iso-8859-15", "a4", "€")]
    [InlineData("windows-1252", "80", "€")]
    [InlineData("windows-1251", "c6", "Ж")]
    [InlineData("Shift_JIS", "93fa", "日")]
    [InlineData("UTF-8", "c3a9", "é")]
    public void The_declared_encoding_counts(string encoding, string hex, string expected)
    {
        byte[] xml = [.. Encoding.ASCII.GetBytes($"<?xml version='1.0' encoding='{encoding}'?><a>"), .. Convert.FromHexString(hex), .. "</a>"u8];
        Assert.Equal($"{{a={expected}}}", Call.Show(Call.Method(XmlReading.ParseXml, Value.FromBytes(xml))));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_an_error() =>
        Assert.True(Call.Method(XmlReading.ParseXml, Value.FromBytes([.. "<a>"u8, 0xE9, .. "</a>"u8])).IsError);

    /// <summary>Any cut or changed document is read or refused; none throws or takes for ever.</summary>
    [Fact]
    public void Damaged_text_is_read_or_refused()
    {
        byte[] whole = Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='utf-8'?><!DOCTYPE a [<!-- x --> '>' ]><n:a b='1&lt;2' c=d e>t&#65;<![CDATA[<&]]><i/><!-- c --></n:a>");
        var random = new Random(1402);
        int read = 0;
        for (int round = 0; round < 20_000 * TestScale.Factor; round++)
        {
            byte[] damaged = whole[..random.Next(whole.Length)];
            if (round % 2 == 0)
            {
                damaged = [.. whole];
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : whole[random.Next(whole.Length)];
                }
            }

            Value result = Call.Method(XmlReading.ParseXml, Value.FromBytes(damaged));
            Assert.True(result.IsObject || result.IsError);
            read += result.IsObject ? 1 : 0;
        }

        Assert.InRange(read, 1, 20_000 * TestScale.Factor);
    }

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
