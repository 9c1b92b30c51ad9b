using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.Tracers;

/// <summary><c>none</c>: no spans.</summary>
internal sealed class NoneTracer : ITracer
{
    public static ComponentType Type { get; } = new ComponentType<ITracer, bool>(ComponentKind.Tracer, "none", "Traces nothing.", Component.NoFields, static (_, _) => new NoneTracer())
    {
        Example = """
            input: { generate: { count: 1, mapping: root.id = 1 } }
            output: { drop: {} }
            tracer: { none: {} }
            """,
    };

    public bool IsOn => false;
}
