using System.Globalization;
using System.Text;
using Mapping.Pipeline.Config;
using Npgsql;
using NpgsqlTypes;

namespace Mapping.Connectors.Sql;

/// <param name="Table">As it is to stand in the statement.</param>
/// <param name="Columns">Likewise.</param>
/// <param name="Arguments">Gives an array with a value for each column.</param>
/// <param name="Prefix">Before the statement.</param>
/// <param name="Suffix">After it.</param>
/// <param name="Words">Between INSERT and INTO.</param>
internal sealed record InsertStatement(string Table, IReadOnlyList<string> Columns, CompiledMapping Arguments, string? Prefix, string? Suffix, IReadOnlyList<string> Words)
{
    /// <summary>The protocol counts the parameters of a statement with 16 bits.</summary>
    private const int MostParameters = ushort.MaxValue;

    private static readonly Field<string> TableField = Fields.Text("table", "The table, as it is to stand in the statement.").Example("events", "audit.\"Events\"");
    private static readonly Field<IReadOnlyList<string>> ColumnsField = Fields.Texts("columns", "The columns, as they are to stand in the statement.").Example("[id, at, data]");
    private static readonly Field<CompiledMapping?> ArgumentsField = Fields.Mapping("args_mapping", "Gives an array with a value for each column.").Example("root = [ this.id, this.at, this ]");
    private static readonly Field<string> PrefixField = Fields.Text("prefix", "Stands before the statement.").Optional().Advanced();

    private static readonly Field<string> SuffixField =
        Fields.Text("suffix", "Stands behind the values. With `ON CONFLICT` a message that is written again changes nothing.").Optional().Advanced().Example("ON CONFLICT (id) DO NOTHING");

    private static readonly Field<IReadOnlyList<string>> WordsField = Fields.Texts("options", "Words between `INSERT` and `INTO`; PostgreSQL knows none.").Default("[]").Advanced();

    public static IReadOnlyList<Field> All { get; } = [TableField, ColumnsField, ArgumentsField, PrefixField, SuffixField, WordsField];

    /// <summary>Rows that fit into one statement.</summary>
    public int MostRows => MostParameters / Columns.Count;

    /// <summary>A row that is there already is no failure and not stored a second time.</summary>
    public bool BearsRepetition => Suffix?.Contains("ON CONFLICT", StringComparison.OrdinalIgnoreCase) == true;

    public static InsertStatement Read(FieldValues read) =>
        new(read.Get(TableField), read.Get(ColumnsField), read.Get(ArgumentsField)!, read.Get(PrefixField), read.Get(SuffixField), read.Get(WordsField));

    public static Breach? Check(FieldValues read) =>
        read.Get(ColumnsField).Count == 0 ? new Breach("columns names no column", ColumnsField, "write the columns that are to be filled, as in columns: [ id, data ]")
        : read.Get(ArgumentsField) is null ? new Breach("args_mapping is empty", ArgumentsField, "write a mapping that gives an array, as in root = [ this.id, this ]")
        : null;

    /// <summary>The statement for so many rows.</summary>
    public string Text(int rows)
    {
        var text = new StringBuilder();
        Append(text, Prefix);
        text.Append("INSERT ");
        foreach (string word in Words)
        {
            Append(text, word);
        }

        text.Append("INTO ").Append(Table).Append(" (").AppendJoin(", ", Columns).Append(") VALUES ");
        for (int row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (int column = 0; column < Columns.Count; column++)
            {
                text.Append(column == 0 ? "$" : ", $").Append(((row * Columns.Count) + column + 1).ToString(CultureInfo.InvariantCulture));
            }

            text.Append(')');
        }

        return (Suffix is null ? text : text.Append(' ').Append(Suffix)).ToString();
    }

    /// <param name="rows">As many as fit.</param>
    /// <param name="takesBytes">Of each column; null when no row has bytes.</param>
    public NpgsqlCommand Command(NpgsqlConnection connection, ReadOnlySpan<object?[]> rows, bool[]? takesBytes)
    {
#pragma warning disable CA2100 // Its parts are those of the configuration; values are parameters.
        var command = new NpgsqlCommand(Text(rows.Length), connection);
#pragma warning restore CA2100
        foreach (object?[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                command.Parameters.Add(Parameter(row[i], takesBytes?[i] ?? false));
            }
        }

        return command;
    }

    /// <summary>A text without a type is read as the column wants it.</summary>
    private static NpgsqlParameter Parameter(object? value, bool takesBytes) => value switch
    {
        byte[] bytes when takesBytes => new NpgsqlParameter { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        byte[] bytes => new NpgsqlParameter { Value = Encoding.UTF8.GetString(bytes), NpgsqlDbType = NpgsqlDbType.Unknown },
        _ => new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown },
    };

    private static void Append(StringBuilder text, string? part)
    {
        if (!string.IsNullOrEmpty(part))
        {
            text.Append(part).Append(' ');
        }
    }
}
