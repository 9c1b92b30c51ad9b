using System.Collections;

namespace Mapping.Cli.Pipelines;

/// <summary>Puts the variables of the process back as they were when it was made, unless they are to be kept.</summary>
internal sealed class VariablesGuard : IDisposable
{
    private readonly IDictionary before = Environment.GetEnvironmentVariables();
    private bool isKept;

    public void Keep() => isKept = true;

    public void Dispose()
    {
        if (isKept)
        {
            return;
        }

        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (!before.Contains(name))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        foreach (DictionaryEntry entry in before)
        {
            Environment.SetEnvironmentVariable((string)entry.Key, (string?)entry.Value);
        }
    }
}
