using System.Runtime.CompilerServices;
using Bogus;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Fake;

/// <summary><c>fake</c>.</summary>
internal static class FakeBuiltins
{
    /// <summary>One source of values for each context, which gives it its randomness.</summary>
    private static readonly ConditionalWeakTable<EvaluationContext, FakeSource> Sources = [];

    public static IReadOnlyList<Builtin> All { get; } =
    [
        BuiltinBuilder
            .Function("fake", "Fake Data Generation", "Gives a random value of a kind, such as a name or an address, for tests and demonstrations.")
            .FromConnect()
            .Returns("any")
            .Parameter("function", ParameterType.String, $"One of {string.Join(", ", FakeValues.Names)}; an empty one gives a random text. Upper and lower case count as the same.", Value.FromString(string.Empty))
            .Example("", """root.ok = fake("email").re_match("^[^@]+@[^@]+$")""", ("{}", """{"ok":true}"""))
            .Example("", """root.ok = fake("latitude") <= 90 && fake("latitude") >= -90""", ("{}", """{"ok":true}"""))
            .Example("", """root.ok = fake("uuid_hyphenated").length()""", ("{}", """{"ok":36}"""))
            .FunctionBody(static (context, name) => Draw(context, name)),
    ];

    private static Value Draw(EvaluationContext context, Value name) =>
        FakeValues.Find(name.AsHostString()) is { } make
            ? make(Sources.GetValue(context, static c => new FakeSource(new Randomizer(c.Random.Next()))), context)
            : Value.Fail($"unknown kind of fake value: {TextForm.Preview(name)}");
}
