using System.Globalization;
using System.Text;
using Mapping.Diagnostics;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Tests.Syntax;

/// <summary>Any text gives a tree or diagnostics, never an exception. The seeds are fixed, so a failure repeats.</summary>
public sealed class SyntaxFuzzTests
{
    private static readonly string[] Pieces =
    [
        "root", "this", ".", "a", "foo", "(", ")", "[", "]", "{", "}", " ", " ", " ", "\n", "\n", "\t", "\r\n", "\r", " = ", "=", "==", "->", " -> ", "=>", " => ",
        "if ", "else", " else if ", "match ", "let ", "meta ", "map ", "import ", "from ", "\"", "\"x\"", "\"\"\"", "\\", "\\u00", "# c", "@", "$", "$x", "_",
        "true", "false", "null", "1", "2.5", "-", "!", "+", "*", "/", "%", "|", "||", "&&", "&", "<", ">=", ",", ":", ";", "?", "'", "é", "\U0001F600", "\uD83D", "\0",
        "range(", ".map_each(", "${!", "}", "root.a = 1\n", "this.b.(", "1e3", "trueish", "a: ",
    ];

    private static readonly string[] Seeds =
    [
        "root.a = this.b.uppercase() | \"none\"\nlet x = 5 + $y * 2\nmeta k = @j\n",
        "map m {\n  root = this\n  if this.a > 3 {\n    root.b = 1\n  } else if this.c { } else {\n    let z = [1, {\"a\": 2,},]\n  }\n}\nroot = this.apply(\"m\")\n",
        "root = match this.k {\n  \"a\" => 1, this.x > 2 => if a { 1 } else { 2 }\n  _ => this.items.map_each(i -> i.v + 1).(this.0)\n}\n",
        "this.a.b.\"c d\".replace_all(old: \"x\", new: \"\"\"y\"\"\") # done\n",
        "from \"file.blobl\"\n",
        "a ${! this.b + {\"x\": 1}.x } c ${{! no }} d",
    ];

    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("MAPPING_TEST_SCALE"), CultureInfo.InvariantCulture, out int scale) ? scale : 1;

    [Fact]
    public void Random_pieces_never_throw()
    {
        for (int seed = 0; seed < 8_000 * Scale; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.Next(1, 40); i > 0; i--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            Check(text.ToString(), seed);
        }
    }

    [Fact]
    public void Mutated_mappings_never_throw()
    {
        for (int seed = 0; seed < 8_000 * Scale; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                Mutate(text, random);
            }

            Check(text.ToString(), seed);
        }
    }

    private static void Mutate(StringBuilder text, Random random)
    {
        int at = random.Next(text.Length + 1);
        switch (random.Next(4))
        {
            case 0:
                text.Remove(at, random.Next(Math.Min(10, text.Length - at + 1)));
                break;
            case 1:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 2:
                text.Length = Math.Max(1, at);
                break;
            default:
                text.Insert(at, Seeds[random.Next(Seeds.Length)]);
                break;
        }
    }

    private static void Check(string text, int seed)
    {
        try
        {
            var source = new SourceText(text);
            var bag = new DiagnosticBag();
            MappingSyntax? mapping = MappingParser.ParseMapping(source, bag);
            Assert.True(mapping is not null || bag.HasErrors);
            if (mapping is not null)
            {
                Assert.NotEmpty(SyntaxPrinter.Print(mapping));
            }

            MappingParser.ParseInterpolation(source, bag);
            foreach (Diagnostic diagnostic in bag.ToList())
            {
                Assert.InRange(diagnostic.Span.Start, 0, text.Length);
                Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
                Assert.NotEmpty(diagnostic.ToString());
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"seed {seed}: {text}", exception);
        }
    }
}
