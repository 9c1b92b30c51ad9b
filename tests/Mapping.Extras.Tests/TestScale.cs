using System.Globalization;

namespace Mapping.Extras.Tests;

/// <summary>How long fuzz and soak tests run: 1 in an ordinary run, more by <c>MAPPING_TEST_SCALE</c>.</summary>
internal static class TestScale
{
    public static int Factor { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("MAPPING_TEST_SCALE"), NumberStyles.None, CultureInfo.InvariantCulture, out int scale) ? scale : 1;
}
