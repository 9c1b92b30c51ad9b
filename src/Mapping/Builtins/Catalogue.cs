using Mapping.Builtins.Encodings;
using Mapping.Builtins.Parsing;
using Mapping.Builtins.Strings;
using Mapping.Functions;

namespace Mapping.Builtins;

/// <summary>Every builtin of the language, by folder. A new one is added to its folder's list.</summary>
internal static class Catalogue
{
    public static Registry Full { get; } = Registry.Empty.With(
    [
        .. StringBuiltins.All,
        .. EncodingBuiltins.All,
        .. ParsingBuiltins.All,
    ]);
}
