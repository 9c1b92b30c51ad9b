using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings.Format;

/// <summary><c>format</c>.</summary>
internal static class Formatting
{
    public static readonly Builtin Format = BuiltinBuilder
        .Method("format", Category.Strings, "Fills the verbs of a template, such as %v, %d or %.2f, with arguments. Mistakes show in the text; they are no errors.")
        .On(Accepts.LenientText)
        .Returns("string")
        .Variadic()
        .Example("", """root.foo = "%s(%v): %v".format(this.name, this.age, this.fingers)""", ("""{"name":"lance","age":37,"fingers":13}""", """{"foo":"lance(37): 13"}"""))
        .Example("Width and precision.", """root = "[%6.2f|%-5d|%05d]".format(3.14159, 42, 42)""", ("{}", "[  3.14|42   |00042]"))
        .Example("A number of the message is formatted by %v, or converted first.", """root = "%v %03d".format(this.n, this.n.int64())""", ("""{"n":7}""", "7 007"))
        .Body(static (context, target, arguments) =>
        {
            var template = new Template(context, context.Scratch(), arguments);
            return template.TryFill(target.AsSpan(), out Value failure) ? context.FinishString() : failure;
        });
}
