using Mapping.Builtins;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Vectors;

/// <summary><c>vector</c>.</summary>
internal static class VectorMaking
{
    public static readonly Builtin Vector = BuiltinBuilder
        .Method("vector", "SQL", "Makes a vector of 32-bit floats, for SQL outputs. It has no other use: elsewhere it is an object without members.")
        .FromConnect()
        .On(Accepts.Array)
        .Returns("any")
        .Example("", "root.embedding = this.numbers.vector()", ("""{"numbers":[0.5,1,-2]}""", """{"embedding":{}}"""))
        .Example("Every element must be a number.", "root = this.vector()", ("""[1,"two"]""", "Error: element 1"))
        .Body(static (context, target) =>
        {
            if (!context.TryGrow(4L * target.Count, out Value exceeded))
            {
                return exceeded;
            }

            var floats = new float[target.Count];
            context.Arena.Charge(4L * floats.Length);
            int index = 0;
            foreach (Value element in target.Elements)
            {
                Value number = element.Normalized();
                if (!number.IsNumber)
                {
                    return Mismatch.ErrorAt($"element {index}", "number", element);
                }

                floats[index++] = (float)number.ToFloat64();
            }

            return Value.FromObject(new ObjectNode { IsFrozen = true, Opaque = floats });
        });

    /// <summary>The floats of a vector; null for any other value.</summary>
    public static float[]? FloatsOf(Value value) => value.ObjectNode?.Opaque as float[];
}
