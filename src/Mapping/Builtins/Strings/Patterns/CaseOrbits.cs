using System.Text;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>Characters that differ in case only: <c>k</c>, <c>K</c> and the Kelvin sign.</summary>
internal static class CaseOrbits
{
    // No script beyond these planes has cases.
    private const int Bound = 0x20000;
    private const int LongS = 0x17F;

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

            // Down, up and down again brings all members of an orbit to one; the host has no upper case for the long s.
            int key = code == LongS ? 's' : Rune.ToLowerInvariant(Rune.ToUpperInvariant(Rune.ToLowerInvariant(rune))).Value;
            if (key == code && Rune.ToUpperInvariant(rune) == rune)
            {
                continue;
            }

            if (!byLower.TryGetValue(key, out List<int>? members))
            {
                byLower[key] = members = [];
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
