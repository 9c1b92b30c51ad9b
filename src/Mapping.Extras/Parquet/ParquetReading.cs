using System.Buffers.Binary;
using Mapping.Functions;
using Mapping.Text;
using Mapping.Values;
using Parquet;
using Parquet.Serialization;

namespace Mapping.Extras.Parquet;

/// <summary>Reads a file by the Parquet.Net package, whose exceptions end here.</summary>
internal sealed class ParquetReading(EvaluationContext context)
{
    private const int BytesPerCell = 16;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public Value Read(Value file)
    {
        ReadOnlySpan<byte> text = file.AsSpan();
        if (text.Length < 12 || !text.StartsWith("PAR1"u8) || !text.EndsWith("PAR1"u8))
        {
            return Fail("it does not begin and end as a Parquet file does");
        }

        int metadata = BinaryPrimitives.ReadInt32LittleEndian(text[^8..]);
        if (metadata <= 0 || metadata > text.Length - 12 || !MetadataShape.IsWhole(text[^(metadata + 8)..^8]))
        {
            return Fail("its metadata is broken");
        }

        byte[] bytes = text.ToArray();
        try
        {
            // The package reads broken metadata recursively.
            return DeepStack.Run(() => ReadAsync(bytes).GetAwaiter().GetResult());
        }
#pragma warning disable CA1031 // The package throws whatever it stumbles upon in a broken file.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return Fail(problem.Message);
        }
    }

    private static Value Fail(string problem) => Value.Fail($"failed to parse value as parquet: {problem}");

    private async Task<Value> ReadAsync(byte[] bytes)
    {
        using var timeout = new CancellationTokenSource(Longest);
        using var stream = new MemoryStream(bytes, writable: false);
        long cells = 0;
        ParquetReader reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: timeout.Token).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            foreach (var group in reader.Metadata?.RowGroups ?? [])
            {
                long rows = group.NumRows;
                long columns = group.Columns.Count;
                if (rows < 0 || rows > int.MaxValue)
                {
                    return Fail("a row group has an impossible number of rows");
                }

                // Repeated values take more cells than rows.
                cells += Math.Max(rows * columns, group.Columns.Sum(c => Math.Clamp(c.MetaData?.NumValues ?? 0, 0, int.MaxValue)));
            }
        }

        // Few bytes can stand for many rows, and lying counts for more than the memory.
        if (!context.TryGrow(cells * BytesPerCell, out Value exceeded))
        {
            return exceeded;
        }

        stream.Position = 0;
        DeserializationResult<Dictionary<string, object>> result = await ParquetSerializer.DeserializeUntypedAsync(stream, cancellationToken: timeout.Token).ConfigureAwait(false);
        return Rows(result.Data, [.. result.Schema.Fields.Select(f => f.Name)]);
    }

    private Value Rows(IEnumerable<Dictionary<string, object>> rows, IReadOnlyList<string> columns)
    {
        ArrayNode array = context.Arena.NewArray();
        foreach (Dictionary<string, object> row in rows)
        {
            if (!context.TryStep(out Value exceeded) || !context.TryGrow(BytesPerCell * columns.Count, out exceeded))
            {
                return exceeded;
            }

            array.Add(ParquetValues.ToRow(context, row, columns));
        }

        return array.Count == 0 ? Value.Null : context.Checked(Value.FromArray(array));
    }
}
