using System.Text;

namespace Mapping.Pipeline.Testing;

/// <summary>Two texts line by line: what is missing is marked with a minus, what is too much with a plus.</summary>
internal static class LineDifference
{
    private const int MostLines = 2000;
    private const int Around = 2;

    public static string Of(string expected, string actual)
    {
        string[] left = expected.Split('\n');
        string[] right = actual.Split('\n');
        if (left.Length > MostLines || right.Length > MostLines)
        {
            return $"- ({left.Length} lines)\n+ ({right.Length} lines)\n";
        }

        List<(char Mark, string Line)> lines = Compare(left, right);
        var text = new StringBuilder();
        bool isGap = false;
        for (int i = 0; i < lines.Count; i++)
        {
            bool isNear = lines.Skip(i - Around).Take((2 * Around) + 1 + Math.Min(0, i - Around)).Any(l => l.Mark != ' ');
            if (isNear)
            {
                text.Append(lines[i].Mark).Append(' ').Append(lines[i].Line).Append('\n');
            }
            else if (!isGap)
            {
                text.Append("  ...\n");
            }

            isGap = !isNear;
        }

        return text.ToString();
    }

    /// <summary>By the longest common subsequence.</summary>
    private static List<(char Mark, string Line)> Compare(string[] left, string[] right)
    {
        var common = new int[left.Length + 1, right.Length + 1];
        for (int i = left.Length - 1; i >= 0; i--)
        {
            for (int j = right.Length - 1; j >= 0; j--)
            {
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<(char, string)>();
        (int l, int r) = (0, 0);
        while (l < left.Length || r < right.Length)
        {
            if (l < left.Length && r < right.Length && left[l] == right[r])
            {
                lines.Add((' ', left[l++]));
                r++;
            }
            else if (l < left.Length && (r == right.Length || common[l + 1, r] >= common[l, r + 1]))
            {
                lines.Add(('-', left[l++]));
            }
            else
            {
                lines.Add(('+', right[r++]));
            }
        }

        return lines;
    }
}
