using System.Text;
using Mapping.Conformance.Runner;

namespace Mapping.Conformance.Tests;

public sealed class BodyComparisonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true]}""", """{ "b": [true], "a": 1 }""")]
    [InlineData("""{"a":"é"}""", """{"a":"\u00e9"}""")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("""{"a":"<error text>"}""", """{"a":"anything"}""")]
    [InlineData("<error text>", "anything")]
    [InlineData("""["<error text>"]""", """["x"]""")]
    public void Equal(string expected, string actual) => Assert.True(Compare(expected, actual));

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("""{"a":1}""", """{"a":1,"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":null}""")]
    [InlineData("\"a\"", "a")]
    [InlineData("a b", "a  b")]
    [InlineData("""{"a":"<error text>"}""", """{"a":""}""")]
    [InlineData("""{"a":"<error text>"}""", """{"a":1}""")]
    [InlineData("<error text>", "")]
    public void Different(string expected, string actual) => Assert.False(Compare(expected, actual));

    private static bool Compare(string expected, string actual) =>
        BodyComparison.AreEqual(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(actual));
}
