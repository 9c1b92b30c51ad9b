using System.Globalization;
using System.Runtime.CompilerServices;

namespace Mapping.Testing;

/// <summary>
/// Compares figures with those recorded beside the test, <c>Class.Method.verified.txt</c>, a name and a number a line. They may fall
/// but not grow. Whenever one differs, all are written to <c>.received.txt</c>; rename it to record them.
/// </summary>
public static class Ratchet
{
    private const double Tolerance = 0.01;

    /// <summary>Throws when a figure is above the recorded one, or none is recorded.</summary>
    public static void Verify(IReadOnlyList<(string Name, double Figure)> figures, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string stem = Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}");
        Dictionary<string, double> recorded = Read(stem + ".verified.txt");
        string[] names = [.. figures.Select(f => f.Name)];
        if (figures.All(f => recorded.TryGetValue(f.Name, out double old) && Math.Abs(f.Figure - old) <= Tolerance) && recorded.Count == figures.Count)
        {
            File.Delete(stem + ".received.txt");
            return;
        }

        File.WriteAllText(stem + ".received.txt", string.Concat(figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {f.Figure:0.##}\n"))));
        string[] grown =
        [
            .. figures.Where(f => !recorded.TryGetValue(f.Name, out double old) || f.Figure > old + Tolerance).Select(f => string.Create(
                CultureInfo.InvariantCulture, $"{f.Name}: {f.Figure:0.##}, recorded {(recorded.TryGetValue(f.Name, out double old) ? old.ToString("0.##", CultureInfo.InvariantCulture) : "nothing")}")),
            .. recorded.Keys.Except(names).Select(n => $"{n}: recorded, but not measured any more"),
        ];
        if (grown.Length > 0)
        {
            throw new SnapshotException($"above {Path.GetFileName(stem)}.verified.txt:\n{string.Join("\n", grown)}");
        }
    }

    private static Dictionary<string, double> Read(string path) => File.Exists(path)
        ? File.ReadLines(path).Select(l => l.LastIndexOf(' ') is var space ? (Name: l[..space], Figure: l[(space + 1)..]) : default)
            .ToDictionary(l => l.Name, l => double.Parse(l.Figure, CultureInfo.InvariantCulture), StringComparer.Ordinal)
        : [];
}
