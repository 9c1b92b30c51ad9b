using System.Globalization;
using System.Text;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

public class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(5.0, "5")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-6, "0.000001")]
    [InlineData(9.99e-7, "9.99e-7")]
    [InlineData(1.0000000000000001e-7, "1.0000000000000001e-7")]
    [InlineData(1e-10, "1e-10")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.5e300, "-1.5e+300")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(9007199254740993.0, "9007199254740992")]
    [InlineData(12345678901234567890.0, "12345678901234567000")]
    [InlineData(1004.9999999999999, "1004.9999999999999")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(123456789.125, "123456789.125")]
    public void Json_text(double value, string expected) => Assert.Equal(expected, Json(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(3, "3")]
    [InlineData(-3.5, "-3.5")]
    [InlineData(100000, "100000")]
    [InlineData(999999, "999999")]
    [InlineData(999999.5, "999999.5")]
    [InlineData(1e6, "1e+06")]
    [InlineData(1234567.8, "1.2345678e+06")]
    [InlineData(-1e20, "-1e+20")]
    [InlineData(0.00012, "0.00012")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.000012, "1.2e-05")]
    [InlineData(1e-6, "1e-06")]
    [InlineData(1e100, "1e+100")]
    [InlineData(0.3333333333333333, "0.3333333333333333")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void Plain_text(double value, string expected) => Assert.Equal(expected, Text(value));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-0", 0L)]
    [InlineData("+5", 5L)]
    [InlineData("007", 7L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("-9223372036854775809", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("1.0", null)]
    [InlineData("1e3", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    public void Reads_int64(string text, long? expected)
    {
        Assert.Equal(expected, NumberText.TryInt64(Encoding.UTF8.GetBytes(text), out long value) ? value : null);
    }

    [Theory]
    [InlineData("1.0", 1.0)]
    [InlineData("-0", -0.0)]
    [InlineData("-0.0", -0.0)]
    [InlineData("1e3", 1000.0)]
    [InlineData("12345678901234567890", 12345678901234567890.0)]
    [InlineData("1e400", null)]
    [InlineData("-1e400", null)]
    [InlineData("1e99999999999999999999", null)]
    [InlineData("1e-99999999999999999999", 0.0)]
    [InlineData("0e99999999999999999999", 0.0)]
    [InlineData("1.7976931348623159e308", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("-Infinity", null)]
    [InlineData("", null)]
    [InlineData(" 1", null)]
    [InlineData("1 ", null)]
    [InlineData("1,5", null)]
    [InlineData("1.2.3", null)]
    public void Reads_doubles(string text, double? expected)
    {
        double? read = NumberText.TryDouble(Encoding.UTF8.GetBytes(text), out double value) ? value : null;
        Assert.Equal(expected is { } e ? BitConverter.DoubleToInt64Bits(e) : null, read is { } r ? BitConverter.DoubleToInt64Bits(r) : (long?)null);
    }

    [Fact]
    public void Round_trips_in_shortest_form()
    {
        var random = new Random(11);
        for (int i = 0; i < 200_000; i++)
        {
            double value = i % 4 switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                1 => random.Next(-1_000_000, 1_000_000) / 100.0,
                2 => random.NextDouble() * Math.Pow(10, random.Next(-9, 24)),
                _ => random.NextInt64(1L << 60) / 10000.0,
            };
            if (!double.IsFinite(value))
            {
                continue;
            }

            foreach (string text in new[] { Json(value), Text(value) })
            {
                Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
                Assert.Equal(SignificantDigits(value.ToString("R", CultureInfo.InvariantCulture)), SignificantDigits(text));
                Assert.True(NumberText.TryDouble(Encoding.UTF8.GetBytes(text), out double read) && read.Equals(value), text);
            }

            string rounded = value.ToString($"F{random.Next(1, 8)}", CultureInfo.InvariantCulture);
            Assert.True(NumberText.TryDouble(Encoding.UTF8.GetBytes(rounded), out double again));
            Assert.Equal(double.Parse(rounded, CultureInfo.InvariantCulture), again);
        }
    }

    private static string SignificantDigits(string text)
    {
        int exponent = text.IndexOfAny(['e', 'E']);
        return string.Concat((exponent < 0 ? text : text[..exponent]).Where(char.IsAsciiDigit)).Trim('0');
    }

    private static string Json(double value)
    {
        Span<byte> text = stackalloc byte[NumberText.MaxLength];
        return Encoding.UTF8.GetString(text[..NumberText.WriteJson(value, text)]);
    }

    private static string Text(double value)
    {
        Span<byte> text = stackalloc byte[NumberText.MaxLength];
        return Encoding.UTF8.GetString(text[..NumberText.WriteText(value, text)]);
    }
}
