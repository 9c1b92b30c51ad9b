using Mapping.Builtins.Encodings.Compression;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

public class CompressionTests
{
    // "hello " ten thousand times over, made by the original bzip2.
    private const string Bzip2OfRepeats = "QlpoOTFBWSZTWTHMe1UAOpeRAEAAAkSgAFBmgClRjQhUYEKj4QqMCFRoIVHC7kinChIGOY9qoA==";

    public static TheoryData<string> Algorithms => ["flate", "gzip", "pgzip", "zlib", "lz4", "snappy", "zstd"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Round_trip(string algorithm)
    {
        var random = new Random(7);
        foreach (int length in new[] { 0, 1, 100, 5_000, 70_000, 300_000 })
        {
            byte[] data = new byte[length];
            random.NextBytes(data.AsSpan(0, length / 2));
            foreach (long level in new long[] { -1, 0, 1, 9 })
            {
                Value packed = Pack(algorithm, data, level);
                Assert.Equal(ValueKind.Bytes, packed.Kind);
                Assert.Equal(data, Unpack(algorithm, packed.AsSpan().ToArray()).AsSpan().ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Data_that_is_cut_off_is_an_error(string algorithm)
    {
        byte[] packed = Pack(algorithm, [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * i / 7))]).AsSpan().ToArray();
        for (int length = 1; length < packed.Length; length += 1 + (length / 10))
        {
            Assert.True(Unpack(algorithm, packed[..length]).IsError, $"{length} of {packed.Length} bytes");
        }

        Assert.True(Unpack(algorithm, packed[..^1]).IsError);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    [InlineData("bzip2")]
    public void Broken_data_never_throws(string algorithm)
    {
        byte[] whole = algorithm == "bzip2"
            ? Convert.FromBase64String(Bzip2OfRepeats)
            : Pack(algorithm, [.. Enumerable.Range(0, 2000).Select(i => (byte)(i % 50))]).AsSpan().ToArray();
        var random = new Random(11);
        for (int round = 0; round < 1000 * TestScale.Factor; round++)
        {
            byte[] broken = [.. whole];
            for (int change = 0; change <= round % 3; change++)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            Value result = Unpack(algorithm, broken);
            Assert.True(result.IsError || result.Kind == ValueKind.Bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_bomb_stops_at_the_limit(string algorithm)
    {
        byte[] bomb = Pack(algorithm, new byte[20_000_000]).AsSpan().ToArray();
        Value result = Unpack(algorithm, bomb, new Limits(MaxValueBytes: 1_000_000));
        Assert.True(result.AsError().IsFatal, result.AsError().Message);
    }

    [Fact]
    public void Bzip2_is_read()
    {
        byte[] packed = Convert.FromBase64String(Bzip2OfRepeats);
        byte[] expected = [.. Enumerable.Repeat("hello "u8.ToArray(), 10_000).SelectMany(b => b)];
        Assert.Equal(expected, Unpack("bzip2", packed).AsSpan().ToArray());
        Assert.Equal([.. expected, .. expected], Unpack("bzip2", [.. packed, .. packed]).AsSpan().ToArray());
        Assert.True(Unpack("bzip2", packed[..^1]).IsError);
        Assert.True(Unpack("bzip2", packed, new Limits(MaxValueBytes: 1000)).AsError().IsFatal);
    }

    [Fact]
    public void Bzip2_with_long_runs_and_several_blocks_is_read()
    {
        byte[] packed = Convert.FromBase64String(
            "QlpoMTFBWSZTWUx79jQAAAH/Af////////////////gAAIAACFADm8AQAYAz/VVT1AAAAGgAAAAAAAAAAD//VKn/6qqHBo0aBoNAZMQGRoZAAGmmQAADBAAR"
            + "VVP/9VVGjTQGRkaaDQaMEA0aZNA0ANAYgABocGjRoGg0BkxAZGhkAAaaZAAAMEAApUp6SoY0jaNTJgmjRhNGRpgEaMhiaNBpoYAjTTbTwoGdrcAzYAM25Bm3"
            + "QM2CDNuwOAigYM2dwMooGm6IiMmu17kZUkhskRGMajS09wZSqJbsiIxqNLTZGUqiWmKERvCIjGMZNdr3gxlBRTaIiMM1KBpabAyREaYqhEbRCwyJEa7XuRmU"
            + "pS0xEqjVEiNLTYGYUFYEiM2dgaaSgo1RIjS03AzEqjAkRmztxkhYEWM2dsWpsUGbGBm4gM3FBmxwZuMDNkAzccGbkAzckGblAzZIM3LBm5gM3NBm5wM2UDNz"
            + "wZugDNlgzZgM2aDNnAzZ4M3RBm6QM3TBm6gM3VBm6wM3XBm0AZuwDN2QZtEGbtAzaQM2mDN2wZtQGbuAzd0GbvAzd8GbwAzaoM3hBm8QM3jBm8gM3lBm8wM3"
            + "nBm9AM3pBm1gZvUDN6wZvYDN7QZvcDN7wZtcGbYBm2QZvgDN8QZvkDN8wZvoDN9QZvsDN9wZvwDN+QZv0DN+wZv4DN/TIzGbPyyMxmssiqqqtTVWfVVVVVVV"
            + "VVVVVVVVVVVVVVVVVVVVYMGDBgwYMGDBgRERERERERERERERERERERERERERERERERERERERERERERERERERERERERETB/zFBWSZTWcobzEEAAABgAAAH/gA"
            + "gAIkFKkaYmClJAyZ0Cg8BQbIiMZIKGtkRGufCSSyVIzcFBmKJE3UCVxQJXFEiY4gVOKpHRdyRThQkFLsICk=");
        byte[] expected = new byte[250_000];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = i < 100_000 ? (byte)(i / 1000) : (byte)((i % 7) + (i >> 14));
        }

        Assert.Equal(expected, Unpack("bzip2", packed).AsSpan().ToArray());
    }

    [Theory]
    [InlineData("gzip", 10)]
    [InlineData("zlib", -3)]
    [InlineData("lz4", 10)]
    public void Levels_out_of_range_are_errors(string algorithm, long level) => Assert.True(Pack(algorithm, [1, 2, 3], level).IsError);

    [Fact]
    public void Gzip_with_something_behind_it_is_an_error() =>
        Assert.True(Unpack("gzip", [.. Pack("gzip", [1, 2, 3]).AsSpan(), 1, 2, 3]).IsError);

    private static Value Pack(string algorithm, byte[] data, long level = -1) =>
        Call.Method(Compressing.Compress, Value.FromBytes(data), Value.FromString(algorithm), Value.FromInt64(level));

    private static Value Unpack(string algorithm, byte[] data, Limits? limits = null)
    {
        var services = new BuiltinServices { Limits = limits ?? Limits.Default };
        var context = new EvaluationContext();
        context.Begin(services, [], 0, isMutation: false);
        Value[] arguments = [Value.FromString(algorithm)];
        Preparation preparation = Compressing.Decompress.Prepare!(services, arguments);
        return ((PreparedBody<object>)Compressing.Decompress.Body)(context, Value.FromBytes(data), preparation.State!, arguments);
    }
}
