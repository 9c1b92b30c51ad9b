using System.Linq.Expressions;

namespace Mapping.Execution.Emission;

/// <summary>Where trees become methods, and where tests can look at them.</summary>
internal static class GeneratedCode
{
    [ThreadStatic]
    private static List<LambdaExpression>? recording;

    public static TDelegate Compile<TDelegate>(Expression<TDelegate> code)
        where TDelegate : Delegate
    {
        recording?.Add(code);
        return ConstantTable.Apply(code).Compile();
    }

    /// <summary>The trees that become methods on this thread while an action runs, inner ones first.</summary>
    public static IReadOnlyList<LambdaExpression> Of(Action action)
    {
        List<LambdaExpression> found = recording = [];
        try
        {
            action();
        }
        finally
        {
            recording = null;
        }

        return found;
    }
}
