using System.Text;
using Mapping.Builtins;
using Mapping.Functions;

namespace Mapping.Tests.Execution;

/// <summary>Random mappings made of valid pieces, and documents to run them on.</summary>
internal static class RandomMapping
{
    public static readonly string[] Documents =
    [
        """{"a":1,"b":[1,2.5,"x",null,{"c":true}],"s":"héllo wörld","t":"2024-02-29T12:00:00Z","big":123456789012345678901234567890,"o":{"k":"v","n":-0.0}}""",
        "[]", "\"text\"", "1e400", "null", "not json", "",
    ];

    private static readonly string[] Atoms =
    [
        "this", "root", "this.a", "this.b", "this.s", "this.t", "this.big", "this.o", "this.b.\"*\".c", "$v", "$w", "@k", "@", "1", "0", "-1", "2.5",
        "9223372036854775807", "\"\"", "\"x\"", "\"%d %v %s\"", "\"2006-01-02\"", "\"[a-z]+\"", "\"sha256\"", "\"base64\"", "\"\\xff\"", "true", "false",
        "null", "deleted()", "nothing()", "[]", "{}", "[1,\"a\",null]", "{\"k\":this.a}", "content()", "now()", "throw(\"t\")", "range(0, 5)", "x",
    ];

    private static readonly string[] Operators = ["+", "-", "*", "/", "%", "|", "==", "!=", "<", "<=", ">", ">=", "&&", "||"];

    public static string Statements(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            text.Append(random.Next(8) switch
            {
                0 => $"let v = {Expression(random, 3)}",
                1 => $"meta k = {Expression(random, 3)}",
                2 => $"root = {Expression(random, 3)}",
                3 => $"if {Expression(random, 2)} {{ root.i = {Expression(random, 2)} }}",
                4 => $"root.b.\"-\" = {Expression(random, 3)}",
                5 => "root.a = deleted()",
                _ => $"root.r{i} = {Expression(random, 4)}",
            });
            text.Append('\n');
        }

        return text.ToString();
    }

    public static string Expression(Random random, int depth)
    {
        if (depth == 0)
        {
            return Atoms[random.Next(Atoms.Length)];
        }

        return random.Next(10) switch
        {
            0 => $"({Expression(random, depth - 1)} {Operators[random.Next(Operators.Length)]} {Expression(random, depth - 1)})",
            1 => $"if {Expression(random, depth - 1)} {{ {Expression(random, depth - 1)} }}",
            2 => $"match {Expression(random, depth - 1)} {{ {Expression(random, depth - 1)} => {Expression(random, depth - 1)}, _ => {Expression(random, depth - 1)} }}",
            3 => $"[{Expression(random, depth - 1)}, {Expression(random, depth - 1)}]",
            4 => $"{Expression(random, depth - 1)}.({Expression(random, depth - 1)})",
            5 => Call(random, Pick(random, Catalogue.Full.Functions.Values), depth),
            _ => $"{Expression(random, depth - 1)}.{Call(random, Pick(random, Catalogue.Full.Methods.Values), depth)}",
        };
    }

    private static string Call(Random random, Builtin builtin, int depth)
    {
        int count = builtin.IsVariadic ? random.Next(4) : builtin.Parameters.Count(p => p.IsRequired || random.Next(2) == 0);
        return $"{builtin.Name}({string.Join(", ", Enumerable.Range(0, count).Select(i => Argument(random, builtin, i, depth)))})";
    }

    private static string Argument(Random random, Builtin builtin, int index, int depth) =>
        !builtin.IsVariadic && builtin.Parameters[index].IsUnevaluated && random.Next(2) == 0
            ? $"x -> {Expression(random, depth - 1)}"
            : Expression(random, random.Next(3) == 0 ? depth - 1 : 0);

    private static Builtin Pick(Random random, IEnumerable<Builtin> builtins)
    {
        Builtin[] known = [.. builtins.OrderBy(b => b.Name, StringComparer.Ordinal)];
        return known[random.Next(known.Length)];
    }
}
