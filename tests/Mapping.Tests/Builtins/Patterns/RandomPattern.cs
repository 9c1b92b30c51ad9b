using System.Text;

namespace Mapping.Tests.Builtins.Patterns;

/// <summary>Random patterns, in our syntax and in that of the host where the two differ.</summary>
internal sealed class RandomPattern(Random random, string[] characters, bool repeatsEmpty)
{
    private readonly StringBuilder ours = new();
    private readonly StringBuilder theirs = new();

    public static (string Ours, string Theirs) Make(Random random, string[] characters, bool repeatsEmpty)
    {
        var pattern = new RandomPattern(random, characters, repeatsEmpty);
        string[] flags = ["", "", "", "(?i)", "(?s)", "(?m)"];
        pattern.Both(flags[random.Next(flags.Length)]);
        if (random.Next(5) == 0)
        {
            pattern.Both("^");
        }

        pattern.Choice(3);
        return (pattern.ours.ToString(), pattern.theirs.ToString());
    }

    private void Both(string text)
    {
        ours.Append(text);
        theirs.Append(text);
    }

    private bool Choice(int depth)
    {
        bool canBeEmpty = Sequence(depth);
        while (random.Next(4) == 0)
        {
            Both("|");
            canBeEmpty |= Sequence(depth);
        }

        return canBeEmpty;
    }

    private bool Sequence(int depth)
    {
        bool canBeEmpty = true;
        for (int i = random.Next(4); i >= 0; i--)
        {
            canBeEmpty &= Item(depth);
        }

        return canBeEmpty;
    }

    private bool Item(int depth)
    {
        bool canBeEmpty = false;
        int ourStart = ours.Length;
        int theirStart = theirs.Length;
        switch (random.Next(depth > 0 ? 12 : 8))
        {
            case 0:
                Both(".");
                break;
            case 1:
                Both(random.Next(2) == 0 ? $"[{Character()}{Character()}]" : $"[^{Character()}]");
                break;
            case 2:
                string[] assertions = ["\\b", "\\B", "\\A", "(?m:^)", "(?m:$)"];
                Both(assertions[random.Next(assertions.Length)]);
                return true;
            case 3 when random.Next(3) == 0:
                ours.Append("(?-m:$)");
                theirs.Append("\\z");
                return true;
            case >= 8:
                Both(random.Next(2) == 0 ? "(" : "(?:");
                canBeEmpty = Choice(depth - 1);
                Both(")");
                break;
            default:
                Both(Character());
                break;
        }

        if (canBeEmpty && !repeatsEmpty)
        {
            return true;
        }

        string[] repeats = ["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}"];
        if (random.Next(3) == 0)
        {
            int which = random.Next(repeats.Length);
            ours.Insert(ourStart, "(?:").Append(')');
            theirs.Insert(theirStart, "(?:").Append(')');
            Both(repeats[which] + (random.Next(3) == 0 ? "?" : ""));
            canBeEmpty |= which is 0 or 2 or 5;
        }

        return canBeEmpty;
    }

    private string Character() => characters[random.Next(characters.Length)];
}
