using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;

namespace Mapping.Execution.Emission;

/// <summary>Which calls generated code makes itself; the others are left to the interpreter's closures.</summary>
internal static class CallShape
{
    public static bool IsGenerated(BoundCall call)
    {
        if (call.PreparesEachTime)
        {
            return PreparedSite.Fits(call);
        }

        return call.Builtin.Body switch
        {
            MethodBody or MethodBody1 or MethodBody2 or FunctionBody or FunctionBody1 => true,
            PreparedBody<object> => call.HasConstantArguments,
            _ => false,
        };
    }
}
