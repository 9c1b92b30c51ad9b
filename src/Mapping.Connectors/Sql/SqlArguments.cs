using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Connectors.Sql;

/// <summary>
/// Arguments of a statement, made of a message: texts that the database reads as values of whatever type the column has, bytes, and
/// nulls.
/// </summary>
internal static class SqlArguments
{
    /// <summary>A text or bytes or null for each column; null with the reason when there are none.</summary>
    public static bool TryMake(CompiledMapping mapping, Batch batch, int index, int columns, [NotNullWhen(true)] out object?[]? row, [NotNullWhen(false)] out string? problem)
    {
        row = null;
        Value root = mapping.Evaluate(batch, index, out MappingError? error);
        if (error is not null)
        {
            problem = $"args_mapping failed: {error.Text}";
            return false;
        }

        if (!root.IsArray)
        {
            problem = $"args_mapping gave no array but {(root.IsNothing ? "nothing" : root.IsDeleted ? "deleted()" : root.TypeName)}";
            return false;
        }

        if (root.Count != columns)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"args_mapping gave {root.Count} values for {columns} columns");
            return false;
        }

        row = new object?[columns];
        for (int i = 0; i < columns; i++)
        {
            row[i] = Of(root.ElementAt(i));
        }

        problem = null;
        return true;
    }

    private static object? Of(Value value)
    {
        if (value.IsNull)
        {
            return null;
        }

        if (value.Kind == ValueKind.Bytes)
        {
            return value.AsSpan().ToArray();
        }

        var text = new ArrayBufferWriter<byte>();
        TextForm.Write(value, text, escapeHtml: false);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
