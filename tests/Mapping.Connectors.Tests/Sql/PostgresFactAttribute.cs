namespace Mapping.Connectors.Tests.Sql;

/// <summary>A test that needs PostgreSQL; skipped where it is not installed.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresPrograms.Folder is null)
        {
            Skip = PostgresPrograms.Missing;
        }
    }
}

/// <summary>As <see cref="PostgresFactAttribute"/>, with data.</summary>
internal sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute()
    {
        if (PostgresPrograms.Folder is null)
        {
            Skip = PostgresPrograms.Missing;
        }
    }
}
