using System.Text;
using Mapping.Connectors.Tests.Kafka;
using Mapping.Diagnostics;

namespace Mapping.Connectors.Tests.Sql;

public sealed class SqlInsertTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [PostgresFact]
    public async Task Values_become_what_the_columns_are()
    {
        string table = await server.CreateTableAsync(
            "id bigint, price numeric, ratio double precision, ok boolean, name text, at timestamptz, day date, doc jsonb, list json, plain text, raw bytea, body text, missing int, big numeric, uid uuid");
        string[] columns = ["id", "price", "ratio", "ok", "name", "at", "day", "doc", "list", "plain", "raw", "body", "missing", "big", "uid"];
        await RunAsync(table, string.Join(", ", columns), """
            [ this.id, this.price, 2.5, true, "it's \"é\"", this.at.ts_parse("2006-01-02T15:04:05Z07:00"), "2024-02-29", this, [1, "a", null], { "b": 1, "a": 2 },
              "AP8Q".decode("base64"), content(), null, this.big, "0b5ac3f4-0c3e-4a54-9d61-3c4d5c1d7a10" ]
            """, """{"id":7,"price":12.50,"at":"2024-05-06T07:08:09.123456+02:00","big":123456789012345678901234567890}""");
        Assert.Equal(
            [
                "7", "12.50", "2.5", "true", "it's \"é\"", "2024-05-06 05:08:09.123456+00", "2024-02-29",
                """{"at": "2024-05-06T07:08:09.123456+02:00", "id": 7, "big": 123456789012345678901234567890, "price": 12.50}""",
                """[1,"a",null]""", """{"a":2,"b":1}""", @"\x00ff10",
                """{"id":7,"price":12.50,"at":"2024-05-06T07:08:09.123456+02:00","big":123456789012345678901234567890}""",
                null, "123456789012345678901234567890", "0b5ac3f4-0c3e-4a54-9d61-3c4d5c1d7a10",
            ],
            await server.ReadAsync($"SET timezone = 'UTC'; SELECT unnest(ARRAY[{string.Join(", ", columns.Select(static c => c + "::text"))}]) FROM {table}"));
    }

    [PostgresFact]
    public async Task A_batch_is_one_statement_and_one_transaction()
    {
        string table = await server.CreateTableAsync("id int, made xid DEFAULT pg_current_xact_id()::xid, command cid");
        await using var pipeline = Generating(1000, table, "id", "[ this.id ]", "batching: { count: 500 }, max_in_flight: 1");
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Equal(["500", "500"], await server.ReadAsync($"SELECT count(*) FROM {table} GROUP BY made"));
        Assert.Equal(["2"], await server.ReadAsync($"SELECT count(*) FROM (SELECT DISTINCT xmin, cmin FROM {table}) t"));
    }

    [PostgresFact]
    public async Task More_values_than_a_statement_takes_are_still_one_transaction()
    {
        string[] columns = [.. Enumerable.Range(0, 700).Select(static i => $"c{i}")];
        string table = await server.CreateTableAsync(string.Join(", ", columns.Select(static c => c + " int")));
        await using var pipeline = Generating(100, table, string.Join(", ", columns), "range(0, 700).map_each(this)", "batching: { count: 100 }");
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Equal(["100"], await server.ReadAsync($"SELECT count(*) FROM {table} WHERE c0 = 0 AND c699 = 699 GROUP BY xmin"));
    }

    [PostgresFact]
    public async Task Only_the_bad_rows_of_a_batch_fail()
    {
        string table = await server.CreateTableAsync("id int PRIMARY KEY, amount int NOT NULL CHECK (amount > 0)");
        await using var pipeline = Failing(
            500,
            table,
            "id, amount",
            "[ if this.id == 17 { \"seventeen\" } else if this.id == 99 { 98 } else { this.id }, if this.id == 300 { -1 } else if this.id == 301 { null } else { 1 } ]",
            "batching: { count: 500 }");
        await pipeline.UntilWrittenAsync(4);
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Equal(["496"], await server.ReadAsync($"SELECT count(*) FROM {table}"));
        Assert.Equal(
            [
                "17 invalid input syntax for type integer: \"seventeen\" (22P02)",
                $"99 duplicate key value violates unique constraint \"{table}_pkey\" (23505)",
                $"300 new row for relation \"{table}\" violates check constraint \"{table}_amount_check\" (23514)",
                $"301 null value in column \"amount\" of relation \"{table}\" violates not-null constraint (23502)",
            ],
            pipeline.Written);
    }

    [PostgresFact]
    public async Task An_upsert_may_meet_the_same_key_twice_in_a_batch()
    {
        string table = await server.CreateTableAsync("id int PRIMARY KEY, version int");
        await using var pipeline = Generating(10, table, "id, version", "[ this.id % 2, this.id ]", "batching: { count: 10 }, suffix: ON CONFLICT (id) DO UPDATE SET version = excluded.version");
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Equal(["8", "9"], await server.ReadAsync($"SELECT version FROM {table} ORDER BY id"));
    }

    [PostgresTheory]
    [InlineData("[ this.id, 1, 2 ]", "args_mapping gave 3 values for 1 columns")]
    [InlineData("this.id", "args_mapping gave no array but number")]
    [InlineData("deleted()", "args_mapping gave no array but deleted()")]
    [InlineData("throw(\"no\")", "args_mapping failed: failed assignment (line 1): no")]
    public async Task Arguments_that_do_not_fit_fail_at_once(string arguments, string reason)
    {
        string table = await server.CreateTableAsync("id int");
        await using var pipeline = Failing(2, table, "id", $"if this.id == 1 {{ {arguments} }} else {{ [ this.id ] }}", "batching: { count: 2 }");
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Equal($"1 {reason}", Assert.Single(pipeline.Written));
        Assert.Equal(["0"], await server.ReadAsync($"SELECT id FROM {table}"));
    }

    [PostgresFact]
    public async Task A_missing_table_is_a_permanent_failure_of_all()
    {
        await using var pipeline = Failing(2, "nowhere", "id", "[ this.id ]", "batching: { count: 2 }");
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Equal(["0 relation \"nowhere\" does not exist (42P01)", "1 relation \"nowhere\" does not exist (42P01)"], pipeline.Written);
        Assert.DoesNotContain("tried again", pipeline.Log, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_is_to_run_first_runs_once()
    {
        string folder = Directory.CreateTempSubdirectory("init-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "1.sql"), "CREATE TABLE made_first (id int); CREATE FUNCTION twice(n int) RETURNS int AS $$ SELECT 2 * n; $$ LANGUAGE sql;");
            await File.WriteAllTextAsync(Path.Combine(folder, "2.sql"), "INSERT INTO made_first VALUES (twice(-1))");
            await using var pipeline = Generating(3, "made_first", "id", "[ this.id ]", $"init_files: [ \"{folder}/*.sql\" ], init_statement: INSERT INTO made_first VALUES (-1)");
            await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
            Assert.Equal(["-2", "-1", "0", "1", "2"], await server.ReadAsync("SELECT id FROM made_first ORDER BY id"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [PostgresFact]
    public async Task The_processor_inserts_passes_and_flags_the_bad_ones()
    {
        string table = await server.CreateTableAsync("id int CHECK (id <> 2)");
        await using var pipeline = new RunningPipeline($$"""
            input: { generate: { count: 4, batch_size: 4, interval: "", mapping: root.id = counter() - 1 } }
            pipeline:
              processors:
                - sql_insert: { driver: pgx, dsn: "host=127.0.0.1 port={{server.Port}} user=postgres sslmode=disable", table: {{table}}, columns: [ id ], args_mapping: "root = [ this.id ]", prefix: "/* a remark */", suffix: "ON CONFLICT DO NOTHING" }
                - mapping: root = "%v %v".format(this.id, error().or("fine"))
                - catch: []
            output: { test: {} }
            """);
        await pipeline.UntilWrittenAsync(4);
        await pipeline.StopAsync();
        Assert.Equal(["0 fine", "1 fine", $"2 new row for relation \"{table}\" violates check constraint \"{table}_id_check\" (23514)", "3 fine"], pipeline.Written);
        Assert.Equal(["0", "1", "3"], await server.ReadAsync($"SELECT id FROM {table} ORDER BY id"));
    }

    [Theory]
    [InlineData("mysql://db/x", "root = []", "does not begin with postgres:// or postgresql://")]
    [InlineData("postgres://db/x?sslmode=maybe", "root = []", "known are disable, allow, prefer, require, verify-ca, verify-full")]
    [InlineData("host=db port", "root = []", "\"=\" and a value are missing after the name at character 9")]
    [InlineData("postgres://db/x", "", "args_mapping is empty")]
    public void A_wrong_configuration_is_told(string dsn, string mapping, string message)
    {
        RunningPipeline.Read(
            $$"""
            output:
              sql_insert: { driver: postgres, dsn: "{{dsn}}", table: t, columns: [ a ], args_mapping: "{{mapping}}" }
            """,
            out IReadOnlyList<Diagnostic> diagnostics);
        Assert.Contains(message, Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    private RunningPipeline Generating(int count, string table, string columns, string arguments, string more) => new(Yaml(count, table, columns, arguments, more));

    /// <summary>What is refused is written to the test: its number and the reason.</summary>
    private RunningPipeline Failing(int count, string table, string columns, string arguments, string more) => new(Yaml(count, table, columns, arguments, more) + "\n" + """
                - test: {}
                  processors:
                    - mapping: root = "%v %v".format(this.id, @fallback_error)
            """);

    private string Yaml(int count, string table, string columns, string arguments, string more) => $$"""
        input: { generate: { count: {{count}}, batch_size: {{count}}, interval: "", mapping: root.id = counter() - 1 } }
        output:
          fallback:
            - sql_insert:
                { driver: postgres, dsn: "{{server.Dsn}}", table: {{table}}, columns: [ {{columns}} ], args_mapping: {{System.Text.Json.JsonSerializer.Serialize("root = " + arguments)}}, {{more}} }
        """;

    private async Task RunAsync(string table, string columns, string arguments, string body)
    {
        string mapping = System.Text.Json.JsonSerializer.Serialize($"root = \"{Convert.ToBase64String(Encoding.UTF8.GetBytes(body))}\".decode(\"base64\")");
        await using var pipeline = new RunningPipeline($$"""
            input: { generate: { count: 1, interval: "", mapping: {{mapping}} } }
            output:
              sql_insert: { driver: postgres, dsn: "{{server.Dsn}}", table: {{table}}, columns: [ {{columns}} ], args_mapping: {{System.Text.Json.JsonSerializer.Serialize("root = " + arguments.Trim())}} }
            """);
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
    }
}
