using Mapping.Connectors.Sql;
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
    [InlineData("postgres://db?sslmode", "the parameter \"sslmode\" has no value")]
    [InlineData("host=db password='x", "a quote is not closed")]
    [InlineData("host=db port=many", "many")]
    [InlineData("=x", "a parameter has no name")]
    [InlineData("postgres://db/x?sslmode=on", "sslmode \"on\" is none of")]
    public void What_cannot_be_understood_is_told(string dsn, string reason)
    {
        Assert.False(PostgresAddress.TryRead(dsn, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
