using System.Text.Json;

namespace Mapping.Extras.Tests.Html;

public class StripHtmlTests
{
    [Theory]
    [InlineData("<p>one <b>two</b></p>", "one two")]
    [InlineData("a < b > c & d", "a &lt; b &gt; c &amp; d")]
    [InlineData("it's \"so\" &eacute; &lt;b&gt;", "it&#39;s &#34;so&#34; é &lt;b&gt;")]
    [InlineData("x<!-- a > b --!>y<!-->z<!doctype html>w<?php ?>v", "xyzwv")]
    [InlineData("a<script>if (1 < 2) { '</b>' }</script>b<style>p { }</style>c", "abc")]
    [InlineData("a<script src='x'/>alert(1)</script>b", "ab")]
    [InlineData("a<title>t &amp; u</title>b<noscript><b>n</b></noscript>c", "abc")]
    [InlineData("a<object>b<object>c</object>d</object>e", "ae")]
    [InlineData("a</object>b<object>c</object>d", "abd")]
    [InlineData("<textarea><b>&amp;</b></textarea>", "&lt;b&gt;&amp;&lt;/b&gt;")]
    [InlineData("<a title=\"a > b\" href='>'>x</a>", "x")]
    [InlineData("<a title = \">\">x", "x")]
    [InlineData("x <b unfinished", "x ")]
    [InlineData("x <b title=\"unfinished>", "x ")]
    [InlineData("1 <2 </3> </", "1 &lt;2  &lt;/")]
    [InlineData("a\r\nb\rc&#13;d", "a\nb\nc&#13;d")]
    [InlineData("<SCRIPT>x</ScRiPt >y", "y")]
    [InlineData("<script>x</scripty>z", "")]
    [InlineData(" \n ", " \n ")]
    [InlineData("<<b>b>", "&lt;b&gt;")]
    [InlineData("<scr<script>x</script>ipt>alert(1)</script>", "xipt&gt;alert(1)")]
    public void Tags_go_and_text_stays(string html, string expected) =>
        Assert.Equal(expected, Run.Mapping("root = this.strip_html()", JsonSerializer.Serialize(html)));

    [Theory]
    [InlineData("[\"b\",\"BR\"]", "<p><B class='x' onclick=alert(1)>a</b><br/><br>c", "<b>a</b><br/><br>c")]
    [InlineData("[\"a\",\"img\",\"font\"]", "<a href='x'>a</a><img src='x'><img/><font>b</font>", "ab")]
    [InlineData("[\"script\",\"style\"]", "a<script>b</script><style>c</style>d", "ad")]
    [InlineData("[\"title\"]", "<title onload=x>a&lt;b</title>", "<title>a&lt;b</title>")]
    [InlineData("[\"b\"]", "<noscript><b>a</b></noscript>c", "c")]
    [InlineData("\"b\"", "<b>a</b>", "a")]
    [InlineData("[]", "<b>a</b>", "a")]
    public void Listed_elements_stay_without_attributes(string preserve, string html, string expected) =>
        Assert.Equal(expected, Run.Mapping($"root = this.strip_html({preserve})", JsonSerializer.Serialize(html)));

    [Fact]
    public void Names_that_are_no_text_are_refused_when_compiled() =>
        Assert.Contains("preserve must hold names of elements only, got number", Run.Refusal("root = this.strip_html([\"b\", 5])"), StringComparison.Ordinal);

    [Fact]
    public void No_markup_but_the_listed_survives()
    {
        var random = new Random(3);
        string[] pieces = ["<", ">", "</", "b", "script", "style", " ", "=", "\"", "'", "<!--", "-->", "/", "&lt;", "&#60;", "<b>", "</b>", "<script>", "</script>", "\0", "title", "x"];
        for (int round = 0; round < 3_000 * TestScale.Factor; round++)
        {
            string html = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            string stripped = Run.Mapping("root = this.strip_html([\"b\"])", JsonSerializer.Serialize(html));
            if (!string.IsNullOrWhiteSpace(html))
            {
                Assert.DoesNotMatch("[<>\"']", stripped.Replace("<b>", null).Replace("</b>", null).Replace("<b/>", null));
            }
        }
    }

    [Fact]
    public void Long_texts_take_linear_time()
    {
        foreach (string unit in new[] { "<", "</", "<!", "<b", "&", "<script>", "</script", "<!--", "\"<a '", "<b>" })
        {
            string html = "x" + string.Concat(Enumerable.Repeat(unit, 50_000));
            Assert.False(Run.Mapping("root = this.strip_html().length() >= 1", JsonSerializer.Serialize(html)).StartsWith("Error", StringComparison.Ordinal), unit);
        }
    }
}
