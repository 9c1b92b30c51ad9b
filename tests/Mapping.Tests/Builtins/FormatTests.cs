using Mapping.Builtins.Strings.Format;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

public class FormatTests
{
    [Theory]
    [InlineData("%d|%5d|%-5d|%05d|%+d|% d|%.3d|%x|%#x|%#o|%O|%b|%c|%q|%U", "42|   42|42   |00042|+42| 42|042|2a|0x2a|052|0o52|101010|*|'*'|U+002A", 42)]
    [InlineData("%d %05d %x %+.2d", "-7 -0007 -7 -07", -7)]
    [InlineData("%z", "%!z(int64=1)", 1)]
    [InlineData("%s", "%!s(int64=1)", 1)]
    [InlineData("%", "%!(NOVERB)%!(EXTRA int64=1)", 1)]
    [InlineData("%[3]d|%[x]d|%[1]", "%!d(BADINDEX)|%!d(BADINDEX)|%!(NOVERB)", 1)]
    [InlineData("%v%%", "5%", 5)]
    public void Integers(string template, string expected, long value) =>
        Assert.Equal(expected, Call.Text(Formatting.Format, template, Repeated(template, Value.FromInt64(value))));

    [Theory]
    [InlineData("%.2f|%8.3f|%-8.1f|%08.2f|%e", "-3.14|  -3.142|-3.1    |-0003.14|-3.141590e+00", -3.14159)]
    [InlineData("%v %g %G %.3g %#g", "1.234567e+06 1.234567e+06 1.234567E+06 1.23e+06 1.234567e+06", 1234567.0)]
    [InlineData("%.0f %.1f", "2 2.5", 2.5)]
    [InlineData("%.2f", "0.12", 0.125)]
    [InlineData("%.1f %.0f", "10.0 10", 9.96)]
    [InlineData("%v", "100000", 100000.0)]
    [InlineData("%v %+v % v", "+Inf +Inf  Inf", double.PositiveInfinity)]
    [InlineData("%08.1f", "     NaN", double.NaN)]
    [InlineData("%x %b", "0x1.8p+01 6755399441055744p-51", 3.0)]
    [InlineData("%d", "%!d(float64=3)", 3.0)]
    public void Floats(string template, string expected, double value) =>
        Assert.Equal(expected, Call.Text(Formatting.Format, template, Repeated(template, Value.FromFloat64(value))));

    [Theory]
    [InlineData("[%s] [%6s] [%-6s] [%.2s] [%x] [% X] [%q] [%+q] [%#q] [%d]", "[hé] [    hé] [hé    ] [hé] [68c3a9] [68 C3 A9] [\"hé\"] [\"h\\u00e9\"] [`hé`] [%!d(string=hé)]", "hé")]
    [InlineData("%#v %T", "\"a\" string", "a")]
    public void Texts(string template, string expected, string value) =>
        Assert.Equal(expected, Call.Text(Formatting.Format, template, Repeated(template, Value.FromString(value))));

    [Fact]
    public void Other_values_have_a_default_form()
    {
        var list = new ArrayNode();
        list.Add(Value.FromInt64(1));
        list.Add(Value.Null);
        var map = new ObjectNode();
        map.Set(Value.FromString("b"), Value.True);
        map.Set(Value.FromString("a"), Value.FromArray(list));
        Assert.Equal(
            "map[a:[1 <nil>] b:true] [97 98] <nil> %!s(<nil>)",
            Call.Text(Formatting.Format, "%v %v %v %s", Value.FromObject(map), Value.FromBytes("ab"u8.ToArray()), Value.Null, Value.Null));
    }

    [Fact]
    public void Arguments_can_be_chosen_taken_as_width_missing_or_left_over()
    {
        Value[] two = [Value.FromInt64(6), Value.FromInt64(42)];
        Assert.Equal("42 6", Call.Text(Formatting.Format, "%[2]d %[1]d", two));
        Assert.Equal("    42", Call.Text(Formatting.Format, "%*d", two));
        Assert.Equal("6 42 %!d(MISSING)", Call.Text(Formatting.Format, "%d %d %d", two));
        Assert.Equal("x%!(EXTRA int64=6, int64=42)", Call.Text(Formatting.Format, "x", two));
    }

    private static Value[] Repeated(string template, Value value)
    {
        int verbs = template.Replace("%%", "", StringComparison.Ordinal).Count(c => c == '%');
        return [.. Enumerable.Repeat(value, Math.Max(template.Contains('[', StringComparison.Ordinal) && template.Contains("%[", StringComparison.Ordinal) ? 1 : verbs, 1))];
    }
}
