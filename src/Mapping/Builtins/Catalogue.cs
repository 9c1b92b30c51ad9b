using Mapping.Builtins.Arrays;
using Mapping.Builtins.Encodings;
using Mapping.Builtins.General;
using Mapping.Builtins.MessageInfo;
using Mapping.Builtins.Numbers;
using Mapping.Builtins.Objects;
using Mapping.Builtins.Parsing;
using Mapping.Builtins.Strings;
using Mapping.Builtins.Time;
using Mapping.Functions;

namespace Mapping.Builtins;

/// <summary>Every builtin of the language, by folder. A new one is added to its folder's list.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<BuiltinGroup> Groups { get; } =
    [
        .. ArrayBuiltins.All,
        .. EncodingBuiltins.All,
        .. GeneralBuiltins.All,
        .. MessageInfoBuiltins.All,
        .. NumberBuiltins.All,
        .. ObjectBuiltins.All,
        .. ParsingBuiltins.All,
        .. StringBuiltins.All,
        .. TimeBuiltins.All,
    ];

    public static Registry Full { get; } = Registry.Empty.With(Groups);
}
