using System.Collections.Frozen;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>The statements of a mapping; gives what went wrong and the line of the failing statement, or null.</summary>
internal delegate EvaluationError? ProgramBody(EvaluationContext context, ref int line);

/// <summary>A mapping as one of the tiers made it: immutable, shared by all workers.</summary>
/// <param name="Body">The statements.</param>
/// <param name="Maps">By name.</param>
/// <param name="SlotCount">Slots of the context that the statements use.</param>
internal sealed record ProgramCode(ProgramBody Body, FrozenDictionary<string, MapRoutine> Maps, int SlotCount);
