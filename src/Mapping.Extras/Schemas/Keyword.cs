using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>One demand of a schema, or several keywords that only make sense together.</summary>
internal abstract class Keyword
{
    /// <summary>Reports what is wrong with the value; values of types the keyword does not speak of are right.</summary>
    public abstract void Check(Validation run, Value value);
}

/// <summary>The schema <c>false</c>.</summary>
internal sealed class NeverKeyword : Keyword
{
    public override void Check(Validation run, Value value) => run.Report("false always fails validation");
}

/// <summary><c>$ref</c>; whatever stands beside it does not count.</summary>
internal sealed class ReferenceKeyword : Keyword
{
    public Schema Target { get; set; } = Schema.Anything;

    public override void Check(Validation run, Value value) => Target.Check(run, value);
}
