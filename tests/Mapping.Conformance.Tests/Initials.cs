using System.Buffers;
using Mapping.Builtins;
using Mapping.Functions;

namespace Mapping.Conformance.Tests;

internal static class Initials
{
    public static readonly Builtin Method = BuiltinBuilder
        .Method("initials", Category.Strings, "Gives the first letter of every word.")
        .On(Accepts.Text)
        .Returns("string")
        .Example("", "root = this.initials()", ("\"Ada Lovelace\"", "AL"))
        .Example("", "root.i = this.name.initials()", ("""{"name":"Grace Hopper"}""", """{"i":"GH"}"""))
        .Body(static (context, target) =>
        {
            ArrayBufferWriter<byte> letters = context.Scratch();
            ReadOnlySpan<byte> name = target.AsSpan();
            foreach (Range word in name.Split((byte)' '))
            {
                letters.Write(name[word][..Math.Min(1, name[word].Length)]);
            }

            return context.FinishString();
        });
}
