using Mapping.Extras.Fake;
using Mapping.Extras.Geo;
using Mapping.Extras.Html;
using Mapping.Extras.MessagePack;
using Mapping.Extras.Parquet;
using Mapping.Extras.Passwords;
using Mapping.Extras.Paths;
using Mapping.Extras.Schemas;
using Mapping.Extras.Slugs;
using Mapping.Extras.Tokens;
using Mapping.Extras.Vectors;
using Mapping.Functions;

namespace Mapping.Extras;

/// <summary>Every builtin that needs a heavy package, by folder. A new one is added to its folder's list.</summary>
public static class ExtraBuiltins
{
    internal static IReadOnlyList<Builtin> All { get; } =
    [
        .. FakeBuiltins.All,
        .. GeoBuiltins.All,
        .. HtmlBuiltins.All,
        .. MessagePackBuiltins.All,
        .. ParquetBuiltins.All,
        .. PasswordBuiltins.All,
        .. PathBuiltins.All,
        .. SchemaBuiltins.All,
        .. SlugBuiltins.All,
        .. TokenBuiltins.All,
        .. VectorBuiltins.All,
    ];

    /// <summary>The environment with these builtins too; a restricted one gets those that reach nothing outside of the message.</summary>
    public static MappingEnvironment WithExtras(this MappingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.With(All);
    }
}
