using System.Runtime.ExceptionServices;

namespace Mapping.Text;

/// <summary>Runs recursive work on a thread with a large stack, so that no text, however deeply nested, overflows the caller's.</summary>
internal static class DeepStack
{
    /// <summary>Enough for the deepest nesting any phase allows, in a debug build too.</summary>
    private const int StackSize = 64 << 20;

    /// <summary>Runs the work and returns its result; what it throws is thrown here.</summary>
    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
#pragma warning disable CA1031 // Thrown again on the thread that waits.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackSize)
        {
            IsBackground = true,
            Name = "deep mapping",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>Runs the work here, or on a large stack if it nests deeply.</summary>
    public static T Run<T>(bool deep, Func<T> work) => deep ? Run(work) : work();
}
