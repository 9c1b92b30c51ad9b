using System.Globalization;
using System.Text;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

/// <summary>Reading and writing integers, against the platform.</summary>
public sealed class FewDigitsTests
{
    [Fact]
    public void IntegersAreWrittenAsThePlatformWritesThem()
    {
        var random = new Random(511);
        byte[] room = new byte[IntegerText.MaxLength];
        foreach (long value in (long[])[0, 1, 9, 10, 99, 100, 101, 999, 1000, 9999, 10_000, 99_999, 99_999_999, 100_000_000, 123_456_789, 9_999_999_999_999_999, 10_000_000_000_000_000, long.MaxValue, long.MinValue])
        {
            Check(value);
            Check(-value);
        }

        for (int i = 0; i < 20_000; i++)
        {
            Check(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
        }

        void Check(long value)
        {
            Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(room, 0, IntegerText.Write(value, ref room[0])));
            ulong unsigned = (ulong)value;
            Assert.Equal(unsigned.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(room, 0, IntegerText.Write(unsigned, ref room[0])));
        }
    }

    [Fact]
    public void FewDigitsAreReadAtOnceAndNothingElseIs()
    {
        var random = new Random(512);
        int read = 0;
        for (int i = 0; i < 50_000; i++)
        {
            byte[] owner = new byte[random.Next(4, 24)];
            for (int at = 0; at < owner.Length; at++)
            {
                owner[at] = random.Next(40) == 0 ? (byte)random.Next(256) : (byte)('0' + random.Next(10));
            }

            int offset = random.Next(owner.Length);
            int length = random.Next(owner.Length - offset + 1);
            bool isNumber = long.TryParse(owner.AsSpan(offset, length), NumberStyles.None, CultureInfo.InvariantCulture, out long expected);
            if (NumberText.TryFewDigits(owner, offset, length, out long value))
            {
                Assert.True(isNumber, Convert.ToHexString(owner, offset, length));
                Assert.Equal(expected, value);
                read++;
            }
            else
            {
                Assert.True(!isNumber || length > 8 || offset > owner.Length - 8, Convert.ToHexString(owner, offset, length));
            }
        }

        Assert.True(read > 5000, $"{read} were read at once");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("404")]
    [InlineData("-17")]
    [InlineData("12.5")]
    [InlineData("0.000001")]
    [InlineData("123456789012345")]
    [InlineData("-0.25")]
    public void NumbersThatAreSpeltAsTheirFloatsAreKnown(string text)
    {
        Assert.True(IsOfFloat(text));
        Assert.Equal(text, Float(text));
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData("12.50")]
    [InlineData("0.0000001")]
    [InlineData("9007199254740993")]
    [InlineData("1.0")]
    public void OthersAreNot(string text)
    {
        Assert.False(IsOfFloat(text));
        Assert.NotEqual(text, Float(text));
    }

    [Fact]
    public void WhatIsSaidToBeSpeltAsAFloatIs()
    {
        var random = new Random(513);
        int known = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = random.Next(3) switch
            {
                0 => (random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(60)).ToString(CultureInfo.InvariantCulture),
                1 => (random.Next(-100_000, 100_000) / 1000m).ToString(CultureInfo.InvariantCulture),
                _ => $"0.{random.Next(1000):D5}",
            };
            if (text != "-" && IsOfFloat(text))
            {
                Assert.Equal(text, Float(text));
                known++;
            }
        }

        Assert.True(known > 5000, $"{known} were known");
    }

    private static bool IsOfFloat(string text) => NumberText.IsOfFloat([.. Encoding.ASCII.GetBytes(text), .. new byte[8]], 0, text.Length);

    private static string Float(string text)
    {
        byte[] room = new byte[NumberText.MaxLength];
        return Encoding.ASCII.GetString(room, 0, NumberText.WriteJson(double.Parse(text, CultureInfo.InvariantCulture), room));
    }
}
