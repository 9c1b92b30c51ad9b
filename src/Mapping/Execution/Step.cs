using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>A compiled tail of an expression.</summary>
internal delegate Value Step(EvaluationContext context, Value target);

/// <summary>A compiled statement; gives what went wrong, or null.</summary>
internal delegate EvaluationError? StatementRunner(EvaluationContext context);
