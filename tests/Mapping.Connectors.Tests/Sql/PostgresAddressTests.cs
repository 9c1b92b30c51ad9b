using Mapping.Connectors.Sql;
using Mapping.Connectors.Tests.Kafka;
using Mapping.Diagnostics;
using Npgsql;

namespace Mapping.Connectors.Tests.Sql;

public class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://db/shop", "Host=db;Database=shop")]
    [InlineData("postgresql://app:p%40ss%3Aw@db:6432/shop?sslmode=verify-full&connect_timeout=3", "Host=db:6432;Username=app;Password=p@ss:w;Database=shop;SSL Mode=VerifyFull;Timeout=3")]
    [InlineData("postgres://app@a:1,b:2/shop?target_session_attrs=read-write", "Host=a:1,b:2;Username=app;Database=shop;Target Session Attributes=read-write")]
    [InlineData("postgres://[::1]:5433/shop", "Host=[::1]:5433;Database=shop")]
    [InlineData("postgres://", "Host=localhost")]
    [InlineData("postgres:///shop?host=/run/postgresql&user=app", "Host=/run/postgresql;Username=app;Database=shop")]
    [InlineData("postgres://db/shop?application_name=orders&search_path=a,b&statement_timeout=5000&options=-c%20jit%3Doff", "Host=db;Database=shop;Application Name=orders;Search Path=\"a,b\";Options=-c statement_timeout=5000 -c jit=off")]
    [InlineData("host=db port=6432 user=app password='a b\\'c' dbname = shop sslmode=disable", "Host=db;Port=6432;Username=app;Password=\"a b'c\";Database=shop;SSL Mode=Disable")]
    [InlineData("host=db sslrootcert=/ca.pem sslcert=/c.pem sslkey=/k.pem sslpassword=x", "Host=db;Root Certificate=/ca.pem;SSL Certificate=/c.pem;SSL Key=/k.pem;SSL Password=x")]
    public void Names_are_understood_in_both_forms(string dsn, string expected)
    {
        Assert.True(PostgresAddress.TryRead(dsn, out NpgsqlConnectionStringBuilder? address, out string? problem), problem);
        Assert.True(address.EquivalentTo(new NpgsqlConnectionStringBuilder(expected) { IncludeErrorDetail = false }), address.ConnectionString);
    }

    [Theory]
    [InlineData("postgres://db?sslmode", "the parameter at character 15 has no value")]
    [InlineData("host=db password='x", "the quote at character 18 is not closed")]
    [InlineData("host=db port=many", "the parameter at character 9 has a value that it cannot have")]
    [InlineData("host=db port=99999999999", "the parameter at character 9 has a value that it cannot have")]
    [InlineData("=x", "the parameter at character 1 has no name")]
    [InlineData("postgres://db/x?connect_timeout=3&sslmode=on", "the parameter at character 35 has a value that it cannot have; known are disable, ")]
    public void What_cannot_be_understood_is_told(string dsn, string reason)
    {
        Assert.False(PostgresAddress.TryRead(dsn, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://app:x?s3cret@db/shop")]
    [InlineData("postgres://app:x?a=b&s3cret@db/shop")]
    [InlineData("http://app:s3cret@db/shop")]
    [InlineData("host=db password=s3cret://x")]
    [InlineData("host=db password=x s3cret")]
    [InlineData("host=db password='s3cret")]
    [InlineData("host=db port=s3cret")]
    [InlineData("host=db connect_timeout=s3cret")]
    [InlineData("host=db sslmode=s3cret")]
    [InlineData("host=db target_session_attrs=s3cret")]
    public void What_is_told_holds_no_part_of_the_address(string dsn)
    {
        string yaml = $$"""
            output:
              sql_insert: { driver: postgres, dsn: "{{dsn}}", table: t, columns: [ id ], args_mapping: "root = [ this.id ]" }
            """;
        Assert.Null(RunningPipeline.Read(yaml, out IReadOnlyList<Diagnostic> diagnostics));
        string told = Assert.Single(diagnostics).Message;
        Assert.StartsWith("the dsn cannot be understood", told, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", told, StringComparison.Ordinal);
    }
}
