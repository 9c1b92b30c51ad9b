namespace Mapping.Connectors.Tests.Documents;

/// <summary>A test that needs the program <c>promtool</c>, which comes with Prometheus; skipped where it is not installed.</summary>
internal sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute()
    {
        if (Program is null)
        {
            Skip = "the program promtool is not installed";
        }
    }

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(static folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
}
