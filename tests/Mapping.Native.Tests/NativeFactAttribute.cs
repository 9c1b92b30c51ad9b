using System.Runtime.InteropServices;

namespace Mapping.Native.Tests;

/// <summary>A test of the native binary; skipped, and counted so, where it cannot be built.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeFactAttribute : FactAttribute
{
    private static readonly string[] Linkers = ["clang", "gcc"];

    public NativeFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Skip = "the native binary is built for Linux on x64 only";
        }
        else if (!Linkers.Any(IsInPath))
        {
            Skip = "linking the native binary needs clang or gcc";
        }
        else
        {
            Skip = PublishingFactAttribute.WhySwitchedOff;
        }
    }

    private static bool IsInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
