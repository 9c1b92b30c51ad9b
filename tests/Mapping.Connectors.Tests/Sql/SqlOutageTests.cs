using Mapping.Connectors.Tests.Kafka;
using Mapping.Connectors.Tests.SchemaRegistry;
using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Npgsql;

namespace Mapping.Connectors.Tests.Sql;

/// <summary>What passes is tried again, and nothing of it is lost.</summary>
public sealed class SqlOutageTests : IDisposable
{
    private readonly PostgresServer server = new();

    public void Dispose() => server.Dispose();

    [PostgresFact]
    public async Task A_restart_of_the_server_is_ridden_out()
    {
        string table = await server.CreateTableAsync("id int");
        await using RunningPipeline pipeline = Writing(table, 200, "5ms", "backoff: { initial_interval: 20ms, max_interval: 100ms }");
        await pipeline.UntilAsync(() => HasRows(table), "a first row");
        server.Stop();
        await pipeline.UntilAsync(() => pipeline.Log.Contains("tried again", StringComparison.Ordinal), "a failed attempt");
        server.Start();
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Empty(pipeline.Written);
        Assert.Equal(["200"], await server.ReadAsync($"SELECT count(DISTINCT id) FROM {table}"));
    }

    [PostgresFact]
    public async Task When_the_time_is_up_the_fallback_gets_what_could_not_be_written()
    {
        server.Stop();
        await using RunningPipeline pipeline = Writing("t", 1, string.Empty, "backoff: { initial_interval: 10ms, max_elapsed_time: 50ms }");
        await pipeline.UntilWrittenAsync(1);
        Assert.Contains("refused", Assert.Single(pipeline.Written), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task With_init_verify_conn_messages_wait_for_the_database()
    {
        string table = await server.CreateTableAsync("id int");
        server.Stop();
        await using RunningPipeline pipeline = Writing(table, 3, string.Empty, "init_verify_conn: true, backoff: { max_elapsed_time: 1ms }");
        await pipeline.UntilAsync(() => pipeline.Log.Contains("cannot connect", StringComparison.Ordinal), "an attempt to connect");
        Assert.Empty(pipeline.Written);
        server.Start();
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Empty(pipeline.Written);
        Assert.Equal(["3"], await server.ReadAsync($"SELECT count(*) FROM {table}"));
    }

    [PostgresFact]
    public async Task A_deadlock_and_a_serialization_failure_are_tried_again()
    {
        string table = await server.CreateTableAsync("id int");
        await server.RunAsync($$"""
            CREATE SEQUENCE attempts;
            CREATE FUNCTION fail() RETURNS trigger AS $$
            BEGIN
              CASE nextval('attempts')
                WHEN 1 THEN RAISE EXCEPTION 'first' USING ERRCODE = '40P01';
                WHEN 2 THEN RAISE EXCEPTION 'second' USING ERRCODE = '40001';
                WHEN 3 THEN RAISE EXCEPTION 'third' USING ERRCODE = '53200';
                ELSE RETURN NEW;
              END CASE;
            END $$ LANGUAGE plpgsql;
            CREATE TRIGGER t BEFORE INSERT ON {{table}} EXECUTE FUNCTION fail();
            """);
        await using RunningPipeline pipeline = Writing(table, 1, string.Empty, "backoff: { initial_interval: 1ms }");
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Empty(pipeline.Written);
        Assert.Equal(["4"], await server.ReadAsync("SELECT last_value FROM attempts"));
        Assert.Equal(["0"], await server.ReadAsync($"SELECT id FROM {table}"));
    }

    [PostgresFact]
    public async Task A_connection_lost_during_the_commit_is_ambiguous_and_a_key_makes_the_repetition_harmless()
    {
        string table = await server.CreateTableAsync("id int PRIMARY KEY");

        // The deferred trigger runs within the commit, and there its own connection is cut: once, before anything is stored.
        await server.RunAsync($$"""
            CREATE SEQUENCE cuts;
            CREATE FUNCTION cut() RETURNS trigger AS $$
            BEGIN
              IF nextval('cuts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
              RETURN NULL;
            END $$ LANGUAGE plpgsql;
            CREATE CONSTRAINT TRIGGER t AFTER INSERT ON {{table}} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut();
            """);
        await using RunningPipeline pipeline = Writing(table, 1, string.Empty, "suffix: ON CONFLICT DO NOTHING, backoff: { initial_interval: 1ms }");
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Empty(pipeline.Written);
        Assert.Contains("it may have been written, which ON CONFLICT bears", pipeline.Log, StringComparison.Ordinal);
        Assert.Equal(["0"], await server.ReadAsync($"SELECT id FROM {table}"));
    }

    [PostgresTheory]
    [InlineData("suffix: ON CONFLICT DO NOTHING", 3)]
    [InlineData("suffix: \"\"", 6)]
    public async Task A_commit_whose_answer_is_lost_is_repeated_and_only_a_key_tells_the_rows_apart(string suffix, int rows)
    {
        string table = await server.CreateTableAsync(suffix.Contains("ON CONFLICT", StringComparison.Ordinal) ? "id int PRIMARY KEY" : "id int");
        using var cutter = new CommitCutter(server.Port);
        await using var pipeline = new RunningPipeline($$"""
            input: { generate: { count: 3, batch_size: 3, interval: "", mapping: root.id = counter() - 1 } }
            output:
              sql_insert:
                driver: postgres
                dsn: postgres://postgres@127.0.0.1:{{cutter.Port}}/postgres?sslmode=disable
                table: {{table}}
                columns: [ id ]
                args_mapping: root = [ this.id ]
                backoff: { initial_interval: 1ms }
                batching: { count: 3 }
                {{suffix}}
            """);
        await pipeline.UntilAsync(() => pipeline.IsDone, "the end");
        Assert.Equal(1, cutter.Cuts);
        Assert.Contains(rows == 3 ? "which ON CONFLICT bears" : "may now be written twice", pipeline.Log, StringComparison.Ordinal);
        Assert.Equal([$"{rows}"], await server.ReadAsync($"SELECT count(*) FROM {table}"));
        Assert.Equal(["3"], await server.ReadAsync($"SELECT count(DISTINCT id) FROM {table}"));
    }

    [PostgresTheory]
    [InlineData("id int PRIMARY KEY", "23505")]
    [InlineData("id int, EXCLUDE USING btree (id WITH =)", "23P01")]
    [InlineData("id int UNIQUE DEFERRABLE INITIALLY DEFERRED", "the commit failed")]
    public async Task A_row_that_its_own_first_write_may_be_in_the_way_of_stays_in_doubt(string columns, string reason)
    {
        string table = await server.CreateTableAsync(columns);
        using var cutter = new CommitCutter(server.Port);
        IReadOnlyList<Message> written = await SchemaRun.ProcessAsync(Through(cutter, table), new Message("""{"id":1}"""u8.ToArray()), new Message("""{"id":2}"""u8.ToArray()));
        Assert.Equal(1, cutter.Cuts);
        Assert.Equal(2, written.Count);
        Assert.All(written, m =>
        {
            Assert.Contains(reason, m.Error!.Text, StringComparison.Ordinal);
            Assert.EndsWith("the other row may be its own, written by an earlier attempt whose commit was not confirmed", m.Error.Text, StringComparison.Ordinal);
            Assert.Equal(FailureKind.Ambiguous, m.Error.Cause);
        });
        Assert.Equal(["2"], await server.ReadAsync($"SELECT count(*) FROM {table}"));
    }

    [PostgresFact]
    public async Task A_row_that_is_refused_for_what_it_is_is_not_said_to_be_in_doubt()
    {
        string table = await server.CreateTableAsync("id int PRIMARY KEY CHECK (id > 0)");
        using var cutter = new CommitCutter(server.Port);
        IReadOnlyList<Message> written = await SchemaRun.ProcessAsync(Through(cutter, table), new Message("""{"id":1}"""u8.ToArray()), new Message("""{"id":-2}"""u8.ToArray()));
        Assert.Equal(1, cutter.Cuts);
        Assert.Contains("may be its own", written[0].Error!.Text, StringComparison.Ordinal);
        Assert.EndsWith("(23514)", written[1].Error!.Text, StringComparison.Ordinal);

        // With no commit in doubt, a row that is in the way is another one.
        Message refused = await SchemaRun.ProcessAsync(Through(cutter, table), """{"id":1}"""u8.ToArray());
        Assert.EndsWith("(23505)", refused.Error!.Text, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Permanent, refused.Error.Cause);
    }

    [PostgresFact]
    public async Task What_a_commit_left_in_doubt_stays_so_when_nobody_answers_any_more()
    {
        string table = await server.CreateTableAsync("id int PRIMARY KEY");
        using var cutter = new CommitCutter(server.Port) { RefusesAfterCut = true };
        Message failed = await SchemaRun.ProcessAsync(Through(cutter, table, "max_elapsed_time: 2s"), """{"id":1}"""u8.ToArray());
        Assert.Equal(FailureKind.Ambiguous, failed.Error!.Cause);
    }

    [PostgresFact]
    public async Task Statements_for_the_first_use_that_can_never_succeed_stop_the_start()
    {
        var pipeline = new RunningPipeline($$"""
            input: { generate: { mapping: root.id = 1 } }
            output:
              sql_insert: { driver: postgres, dsn: "{{server.Dsn}}", table: t, columns: [ id ], args_mapping: "root = [ this.id ]", init_statement: CREATE SOMETHING }
            """);
        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => pipeline.UntilWrittenAsync(1));
        await Assert.ThrowsAnyAsync<Exception>(pipeline.StopAsync);
        Assert.Contains("the statements for the first use failed: syntax error", error.Message, StringComparison.Ordinal);
    }

    private bool HasRows(string table)
    {
        using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={server.Port};Username=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {table})", connection);
        return (bool)command.ExecuteScalar()!;
    }

    /// <summary>The processor, whose failed messages can be looked at.</summary>
    private static string Through(CommitCutter cutter, string table, string pauses = "max_elapsed_time: 30s") =>
        $"sql_insert: {{ driver: postgres, dsn: \"postgres://postgres@127.0.0.1:{cutter.Port}/postgres?sslmode=disable\", table: {table}, columns: [ id ], args_mapping: \"root = [ this.id ]\", backoff: {{ initial_interval: 1ms, max_interval: 50ms, {pauses} }} }}";

    private RunningPipeline Writing(string table, int count, string interval, string more) => new($$"""
        input: { generate: { count: {{count}}, interval: "{{interval}}", mapping: root.id = counter() - 1 } }
        output:
          fallback:
            - sql_insert: { driver: postgres, dsn: "{{server.Dsn}}", table: {{table}}, columns: [ id ], args_mapping: "root = [ this.id ]", max_in_flight: 4, {{more}} }
            - test: {}
              processors:
                - mapping: root = @fallback_error
        """);
}
