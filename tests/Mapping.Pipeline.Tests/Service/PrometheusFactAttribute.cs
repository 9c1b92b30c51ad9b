namespace Mapping.Pipeline.Tests.Service;

/// <summary>A test that needs the program <c>prometheus</c>; skipped where it is not installed.</summary>
internal sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute()
    {
        if (Program is null)
        {
            Skip = "the program prometheus is not installed";
        }
    }

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "prometheus")).FirstOrDefault(File.Exists);
}
