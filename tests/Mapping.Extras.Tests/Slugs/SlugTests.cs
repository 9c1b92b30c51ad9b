using System.Text.Json;

namespace Mapping.Extras.Tests.Slugs;

public class SlugTests
{
    [Theory]
    [InlineData("en", "  Many   blanks  ?", "many-blanks")]
    [InlineData("en", "2000–2013 under_score", "2000-2013-under_score")]
    [InlineData("en", "_-both ends-_", "both-ends")]
    [InlineData("en", "\"It's\" l’été", "its-lete")]
    [InlineData("en", "5 @ 4 & 3 _ 2", "5-at-4-and-3-_-2")]
    [InlineData("en", "ÆØÅ æøå łŁ đĐ", "aeoa-aeoa-ll-dd")]
    [InlineData("en", "smile ☺ 🎉", "smile")]
    [InlineData("en", "fácil €", "facil-eu")]
    [InlineData("en", "Юлия Щёкина", "iuliia-shchiokina")]
    [InlineData("en", "", "")]
    [InlineData("en", "?!", "")]
    [InlineData("de", "Äpfel & Käse", "aepfel-und-kaese")]
    [InlineData("DEU", "Ü", "ue")]
    [InlineData("bg", "Щъркел", "sharkel")]
    [InlineData("sv", "a @ b", "a-snabel-a-b")]
    [InlineData("nn", "Ærlig, Østen, Åse", "aerlig-oesten-aase")]
    [InlineData("tr", "a & b", "a-ve-b")]
    [InlineData("sl", "đa & ne", "dza-in-ne")]
    [InlineData("kk", "әғқ @ x", "agq-x")]
    [InlineData("el", "ϊχώ", "icho")]
    [InlineData("nowhere", "This & that", "this-and-that")]
    public void Slugs_are_those_of_the_language(string language, string text, string expected) =>
        Assert.Equal(expected, Run.Mapping($"root = this.slug(\"{language}\")", JsonSerializer.Serialize(text)));

    [Fact]
    public void Any_text_gives_a_slug()
    {
        var random = new Random(7);
        for (int round = 0; round < 500 * TestScale.Factor; round++)
        {
            string text = new([.. Enumerable.Range(0, 20).Select(_ => (char)random.Next(0x20, 0xD7FF))]);
            Assert.Matches("^([a-z0-9]([a-z0-9_-]*[a-z0-9])?)?$", Run.Mapping("root = this.slug(\"en\")", JsonSerializer.Serialize(text)));
        }
    }
}
