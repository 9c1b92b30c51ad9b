#if EXTRAS
using Mapping.Extras;
#else
using Mapping.Cli.Catalogue;
#endif

namespace Mapping.Cli;

/// <summary>What mappings of the command line may use: all there is in this build.</summary>
internal static class Environments
{
#if EXTRAS
    public static MappingEnvironment Full { get; } = MappingEnvironment.Full.WithExtras();
#else
    public static MappingEnvironment Full { get; } = MappingEnvironment.Full.Lacking(NativeEdition.Gap);
#endif
}
