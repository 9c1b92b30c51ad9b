using System.Buffers;
using System.Text;
using Mapping.Builtins;
using Mapping.Conformance.Runner;
using Mapping.Execution;
using Mapping.Extras;
using Mapping.Functions;

namespace Mapping.Conformance.Tests;

/// <summary>The documentation of every builtin is a test.</summary>
public class BuiltinExampleTests
{
    private const string ErrorMark = "Error: ";

    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (Builtin builtin in All())
            {
                names.Add($"{builtin.KindName} {builtin.Name}");
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Examples_give_what_they_say(string name)
    {
        Builtin builtin = All().Single(b => $"{b.KindName} {b.Name}" == name);
        Assert.True(builtin.Examples.Count >= 2, $"{name} needs at least two examples");
        Assert.True(builtin.Summary.EndsWith('.'), $"the summary of {name} is no sentence");
        foreach (BuiltinExample example in builtin.Examples)
        {
            foreach ((string input, string output) in example.Results)
            {
                Check(example.Mapping, input, output, Tier.Interpreter);
                Check(example.Mapping, input, output, Tier.Compiled);
            }
        }
    }

    private static void Check(string mapping, string input, string output, Tier tier)
    {
        var written = new ArrayBufferWriter<byte>();
        CompiledMapping compiled = MappingEnvironment.Full.WithExtras().WithTier(tier).Compile(mapping);
        MappingOutcome outcome = compiled.Run(Encoding.UTF8.GetBytes(input), written, out MappingError? error);
        if (output.StartsWith(ErrorMark, StringComparison.Ordinal))
        {
            Assert.Equal(MappingOutcome.Failed, outcome);
            Assert.Contains(output[ErrorMark.Length..], error!.Text, StringComparison.Ordinal);
            return;
        }

        Assert.True(error is null, $"{mapping}\non {input}\n{error?.Text}");
        Assert.True(
            BodyComparison.AreEqual(Encoding.UTF8.GetBytes(output), written.WrittenMemory),
            $"{mapping}\non {input}\n  expected {output}\n  actual   {Encoding.UTF8.GetString(written.WrittenSpan)}");
    }

    private static IEnumerable<Builtin> All() =>
        Catalogue.Full.Functions.Values.Concat(Catalogue.Full.Methods.Values).Concat(ExtraBuiltins.All.SelectMany(g => g.All)).OrderBy(b => b.Name, StringComparer.Ordinal);
}
