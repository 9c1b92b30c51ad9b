using System.Buffers;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>A text with interpolations ready to run: immutable, shared by all workers.</summary>
internal sealed class InterpolationProgram
{
    private readonly Evaluator[] parts;
    private readonly int slotCount;

    private InterpolationProgram(Evaluator[] parts, int slotCount)
    {
        this.parts = parts;
        this.slotCount = slotCount;
    }

    public static InterpolationProgram Compile(BoundInterpolation bound)
    {
        var compiler = new ExpressionCompiler(bound.Source);
        return new InterpolationProgram([.. bound.Parts.Select(compiler.Compile)], bound.SlotCount);
    }

    /// <summary>Writes the text; an error in any part fails the whole and nothing is to be used.</summary>
    public EvaluationError? Run(EvaluationContext context, IBufferWriter<byte> output)
    {
        context.PrepareSlots(slotCount);
        foreach (Evaluator part in parts)
        {
            Value value = part(context);
            if (value.IsError)
            {
                return value.AsError();
            }

            TextForm.Write(value, output);
        }

        return null;
    }
}
