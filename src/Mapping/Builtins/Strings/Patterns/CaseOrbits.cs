using System.Text;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>Characters that differ in case only: <c>k</c>, <c>K</c> and the Kelvin sign.</summary>
internal static class CaseOrbits
{
    // No script beyond these planes has cases.
    private const int Bound = 0x20000;

    private static readonly Lazy<Dictionary<int, int[]>> Orbits = new(Build);

    /// <summary>The other members of the orbits that the set touches.</summary>
    public static IEnumerable<(int First, int Last)> Others(CodeSet set)
    {
        foreach ((int code, int[] orbit) in Orbits.Value)
        {
            if (!set.Contains(code))
            {
                continue;
            }

            foreach (int other in orbit)
            {
                yield return (other, other);
            }
        }
    }

    private static Dictionary<int, int[]> Build()
    {
        var byLower = new Dictionary<int, List<int>>();
        for (int code = 'A'; code < Bound; code++)
        {
            if (!Rune.TryCreate(code, out Rune rune))
            {
                continue;
            }

            Rune upper = Rune.ToUpperInvariant(rune);
            Rune lower = Rune.ToLowerInvariant(upper);
            if (upper == rune && lower == rune && Rune.ToLowerInvariant(rune) == rune)
            {
                continue;
            }

            // Upper case first, so that the long s meets the s; then lower, so that the Kelvin sign meets the k.
            Rune key = Rune.ToLowerInvariant(Rune.ToUpperInvariant(Rune.ToLowerInvariant(rune)));
            if (!byLower.TryGetValue(key.Value, out List<int>? members))
            {
                byLower[key.Value] = members = [];
            }

            members.Add(code);
        }

        var orbits = new Dictionary<int, int[]>();
        foreach (List<int> members in byLower.Values.Where(m => m.Count > 1))
        {
            int[] orbit = [.. members];
            foreach (int member in orbit)
            {
                orbits[member] = orbit;
            }
        }

        return orbits;
    }
}
