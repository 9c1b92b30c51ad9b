using Npgsql;

namespace Mapping.Connectors.Sql;

/// <param name="Address">The database, as the driver reads it.</param>
/// <param name="InitFiles">Paths, with wildcards, of files that are run once before the first use.</param>
/// <param name="InitStatement">Run once after them.</param>
/// <param name="VerifiesFirst">The database is asked before the first use.</param>
internal sealed record SqlConnection(NpgsqlConnectionStringBuilder Address, IReadOnlyList<string> InitFiles, string? InitStatement, bool VerifiesFirst)
{
    public bool HasInit => InitFiles.Count > 0 || !string.IsNullOrWhiteSpace(InitStatement);

    public override string ToString() => $"{Address.Host}:{Address.Port}/{Address.Database}";
}
