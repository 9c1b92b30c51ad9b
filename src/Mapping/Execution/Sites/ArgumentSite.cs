using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>An argument that is known only when evaluated: it is brought into the form the declaration asks for.</summary>
internal sealed class ArgumentSite(BoundArgument argument, Builtin builtin, SourceText source)
{
    private readonly string prefix = $"{builtin.KindName} '{builtin.Name}': failed to extract input arg '{argument.Name}': ";

    public ParameterType Type { get; } = argument.Type;

    /// <summary>The coerced argument, or an error.</summary>
    public Value Coerce(Value given)
    {
        if (given.IsError)
        {
            return given.AsError().Within(prefix);
        }

        Value coerced = given;
        if (Coercion.TryArgument(Type, ref coerced))
        {
            return coerced;
        }

        return Failure.WrongType(Type.ToString().ToLowerInvariant(), given, argument.Value, source).AsError().Within(prefix);
    }
}
