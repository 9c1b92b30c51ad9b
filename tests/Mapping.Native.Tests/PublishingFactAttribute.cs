namespace Mapping.Native.Tests;

/// <summary>A test of a program that is built for the test, which takes a while; skipped, and counted so, where that is not wanted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublishingFactAttribute : FactAttribute
{
    private const string Switch = "MAPPING_TEST_NATIVE";

    public PublishingFactAttribute() => Skip = WhySwitchedOff;

    /// <summary>Null unless such tests are switched off.</summary>
    internal static string? WhySwitchedOff => Environment.GetEnvironmentVariable(Switch) == "0" ? $"switched off by {Switch}=0" : null;
}
