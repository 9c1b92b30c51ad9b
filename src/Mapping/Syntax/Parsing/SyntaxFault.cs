using Antlr4.Runtime;

namespace Mapping.Syntax.Parsing;

/// <summary>
/// Leaves all rules up to the statement or match case in one go. Not a <see cref="RecognitionException"/>, because every generated rule
/// catches those: throwing anew from rule to rule would need stack for each.
/// </summary>
internal sealed class SyntaxFault(RecognitionException cause) : Exception
{
    public RecognitionException Cause { get; } = cause;
}
