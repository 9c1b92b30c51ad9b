using System.Runtime.CompilerServices;

namespace Mapping.Testing;

/// <summary>Where the sources of this repository are.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // The folder of the test assembly first: the sources may have moved since they were compiled.
        foreach (string start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here) ?? string.Empty })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Mapping.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new DirectoryNotFoundException("Mapping.sln is in no folder above the tests");
    }
}
