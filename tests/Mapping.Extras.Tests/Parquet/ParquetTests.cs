using Mapping.Extras.Parquet;
using Parquet.Schema;
using Parquet.Serialization;

namespace Mapping.Extras.Tests.Parquet;

public class ParquetTests
{
    private const string Mapping = "root = content().parse_parquet()";

    [Fact]
    public async Task Each_type_has_its_value()
    {
        var schema = new ParquetSchema(
            new DataField<int>("i"), new DataField<double>("d"), new DataField<bool>("b"), new DataField<string>("s"), new DataField<byte[]>("x"), new DataField<int?>("n"));
        var row = new Dictionary<string, object?> { ["i"] = 7, ["d"] = 1.5, ["b"] = true, ["s"] = "é", ["x"] = new ReadOnlyMemory<byte>("raw"u8.ToArray()), ["n"] = null };
        byte[] file = await FileOf(schema, row);
        Assert.Equal("""[{"i":7,"d":1.5,"b":true,"s":"é","x":"raw","n":null}]""", Run.Mapping(Mapping, file));
    }

    [Fact]
    public async Task Without_rows_it_is_null()
    {
        byte[] file = await FileOf(new ParquetSchema(new DataField<int>("i")));
        Assert.Equal("null", Run.Mapping(Mapping, file));
    }

    [Fact]
    public void Broken_files_are_errors_and_nothing_worse()
    {
        byte[] file = Convert.FromBase64String(SampleFile.Base64);
        var random = new Random(5);
        CompiledMapping mapping = MappingEnvironment.Full.WithExtras().Compile(Mapping);
        for (int i = 0; i < 500 * TestScale.Factor; i++)
        {
            byte[] broken = [.. file];
            for (int k = random.Next(4); k >= 0; k--)
            {
                broken[4 + random.Next(broken.Length - 8)] = (byte)random.Next(256);
            }

            MappingOutcome outcome = mapping.Run(broken, new System.Buffers.ArrayBufferWriter<byte>(), out MappingError? error);
            Assert.Equal(outcome == MappingOutcome.Failed, error is not null);
        }
    }

    private static async Task<byte[]> FileOf(ParquetSchema schema, params IDictionary<string, object?>[] rows)
    {
        using var stream = new MemoryStream();
        await ParquetSerializer.SerializeUntypedAsync(rows, schema, stream);
        return stream.ToArray();
    }
}
