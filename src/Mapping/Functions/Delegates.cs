using Mapping.Values;

namespace Mapping.Functions;

/// <summary>A compiled expression.</summary>
internal delegate Value Evaluator(EvaluationContext context);

/// <summary>A compiled argument that is handed its context, unless it reads none.</summary>
internal delegate Value QueryBody(EvaluationContext context, Value current);

/// <summary>As <see cref="QueryBody"/>, for a pair that is handed over by its members.</summary>
internal delegate Value PairBody(EvaluationContext context, Value first, Value second);

/// <summary>A function without parameters.</summary>
internal delegate Value FunctionBody(EvaluationContext context);

/// <summary>A function of one argument, already coerced.</summary>
internal delegate Value FunctionBody1(EvaluationContext context, Value argument);

/// <summary>A function of any number of arguments, already coerced; absent optional ones are <see cref="Value.Absent"/>.</summary>
internal delegate Value FunctionBodyN(EvaluationContext context, ReadOnlySpan<Value> arguments);

/// <summary>A method without parameters; target and arguments are already coerced.</summary>
internal delegate Value MethodBody(EvaluationContext context, Value target);

internal delegate Value MethodBody1(EvaluationContext context, Value target, Value argument);

internal delegate Value MethodBody2(EvaluationContext context, Value target, Value first, Value second);

internal delegate Value MethodBodyN(EvaluationContext context, Value target, ReadOnlySpan<Value> arguments);

/// <summary>
/// One element, by its position from zero, of the array that a method of two arguments gives; nothing where it takes the array to find it, or
/// to tell what is wrong. The target may be anything.
/// </summary>
internal delegate Value ElementBody(Value target, Value first, Value second, int position);

/// <summary>
/// A builtin whose arguments are first turned into a state: a compiled pattern, a counter, the content of a file. With
/// literal arguments that happens once per call site, while compiling; the state must then be safe for several threads.
/// </summary>
internal delegate Value PreparedBody<in TState>(EvaluationContext context, Value target, TState state, ReadOnlySpan<Value> arguments);

/// <summary>Makes the state of a prepared builtin, or says what is wrong with the arguments.</summary>
internal delegate Preparation Prepare(BuiltinServices services, ReadOnlySpan<Value> arguments);

/// <summary>The outcome of <see cref="Prepare"/>: a state, or the text of an error and the argument at fault.</summary>
internal readonly record struct Preparation(object? State, string? Error, int Argument = 0)
{
    public static Preparation Ready(object state) => new(state, null);

    /// <param name="error">One sentence about what is wrong.</param>
    /// <param name="argument">Position of the parameter at fault, for the caret of the diagnostic.</param>
    public static Preparation Refuse(string error, int argument = 0) => new(null, error, argument);
}
