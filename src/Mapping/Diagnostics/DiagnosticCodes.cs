namespace Mapping.Diagnostics;

/// <summary>Every code there is. A code is never reused and never renumbered.</summary>
internal static class DiagnosticCodes
{
    // M1xx: lexer and parser.
    public const string UnexpectedText = "M101";
    public const string UnterminatedString = "M102";
    public const string BadEscape = "M103";
    public const string IntegerOutOfRange = "M104";
    public const string NestedTooDeeply = "M105";
    public const string EmptyMapping = "M106";
    public const string IllegalCharacter = "M107";
    public const string MissingLineBreak = "M108";
    public const string ShorthandNotAlone = "M109";
    public const string FileReferenceNotAlone = "M110";
    public const string MissingBlank = "M111";
    public const string LineBreakInString = "M112";

    // M2xx: binder.
    public const string UnknownFunction = "M203";
    public const string UnknownMethod = "M204";
    public const string TooManyArguments = "M205";
    public const string MissingArgument = "M206";
    public const string UnknownArgument = "M207";
    public const string DuplicateArgument = "M208";
    public const string MixedArguments = "M209";
    public const string ArgumentType = "M210";
    public const string ArgumentNotLiteral = "M211";
    public const string ArgumentRejected = "M212";
    public const string ConstantFails = "M213";
    public const string ObjectKeyNotString = "M214";
    public const string LambdaShadows = "M215";
    public const string LambdaReservedName = "M216";
    public const string LambdaDirectlyNested = "M217";
    public const string DuplicateMap = "M218";
    public const string MetaInMap = "M219";
    public const string ImportUnreadable = "M220";
    public const string ImportWithoutMaps = "M221";
    public const string ImportCycle = "M222";
    public const string ImportsDisabled = "M223";
    public const string ImportTooLarge = "M224";
    public const string NamedOnVariadic = "M226";
    public const string FileReferenceNeedsStatements = "M227";
    public const string NotInEdition = "M228";

    // M4xx: run time.
    public const string RuntimeFailure = "M401";
    public const string LimitExceeded = "M402";
    public const string UnreadableDocument = "M403";

    // P5xx: pipeline configuration.
    public const string InvalidYaml = "P501";
    public const string UnknownField = "P502";
    public const string MissingField = "P503";
    public const string WrongNodeType = "P504";
    public const string InvalidValue = "P505";
    public const string InvalidDuration = "P506";
    public const string InvalidSize = "P507";
    public const string UnknownComponent = "P508";
    public const string NoComponent = "P509";
    public const string SeveralComponents = "P510";
    public const string InvalidLabel = "P511";
    public const string DuplicateLabel = "P512";
    public const string MissingResource = "P513";
    public const string UnsetVariable = "P514";
    public const string DuplicateKey = "P515";
    public const string UselessField = "P516";
    public const string BrokenRule = "P517";
    public const string InvalidOverride = "P518";
    public const string CannotStart = "P519";
    public const string NoDeadLetter = "P530";
    public const string BatchMayWait = "P531";
}
