using Mapping.Builtins;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Parquet;

/// <summary>The builtins of this folder.</summary>
internal static class ParquetBuiltins
{
    public static readonly Builtin ParseParquet = BuiltinBuilder
        .Method("parse_parquet", Category.Parsing, "Reads a Parquet file as an array with an object for every row; null when it has no rows. Byte arrays become strings.")
        .FromConnect()
        .On(Accepts.LenientText)
        .Returns("array")
        .Parameter("byte_array_as_string", ParameterType.Bool, "Has no effect any more.", Value.False)
        .Example("", """root = this.decode("base64").parse_parquet()""", ($"\"{SampleFile.Base64}\"", """[{"id":1,"name":"Ada"},{"id":2,"name":"Grace"}]"""))
        .Example("Anything else is an error.", """root = this.parse_parquet().catch("no Parquet file")""", ("\"PAR1\"", "no Parquet file"))
        .Body(static (EvaluationContext context, Value target, Value _) => new ParquetReading(context).Read(target));

    public static IReadOnlyList<Builtin> All { get; } = [ParseParquet];
}
