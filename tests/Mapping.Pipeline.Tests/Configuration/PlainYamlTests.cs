using System.Globalization;
using Mapping.Pipeline.Config;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mapping.Pipeline.Tests.Configuration;

/// <summary>Where plain YAML is read without the library's parser, the events are the same.</summary>
public class PlainYamlTests
{
    private const string Block = """
        # what is read
        input:
          label: "a \"b\""
          file: { paths: [ a.txt, 'it''s', *x ], codec: }
        pipeline: &p
          processors:
          - mapping: |
              root = this

              root.b = 1
          -
          - log: >-
              one
              two
          - - nested
            - [ [ ], { } , {a: {b: c}}, ]
        empty:
        output: &name plain text
          that goes on
        last: *name
        """;

    [Theory]
    [InlineData(Block)]
    [InlineData("---\na: 1\n...\n")]
    [InlineData("- a\n- b: c\n  d: e\n-\n")]
    [InlineData("[]")]
    [InlineData("64")]
    [InlineData("\"\"")]
    [InlineData("{ a: b }\n# the end")]
    public void Plain_text_has_the_events_of_the_library(string text)
    {
        IParser? plain = PlainYaml.TryParse(text);
        Assert.NotNull(plain);
        Assert.Equal(Told(new Parser(new StringReader(text))), Told(plain));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a: !!str 1")]
    [InlineData("%YAML 1.2\n---\na")]
    [InlineData("a\n---\nb")]
    [InlineData("[ a: b ]")]
    [InlineData("{ a }")]
    [InlineData("? a\n")]
    [InlineData("a: [ b")]
    [InlineData("a: b\n c: d")]
    public void What_is_rare_or_wrong_is_left_to_the_library(string text) => Assert.Null(PlainYaml.TryParse(text));

    [Fact]
    public void Whatever_is_changed_the_events_stay_those_of_the_library()
    {
        int same = 0;
        for (int i = 0; i < Block.Length; i++)
        {
            foreach (string change in (string[])["", " ", "\n", "  - ", "?", ":", ": ", ", ", "[", "]", "{", "}", "&a ", "*a", "!", "'", "\"", "|\n", "#", "%", "---\n", "\t", "\n...\n"])
            {
                foreach (string text in (string[])[Block.Insert(i, change), Block.Remove(i, 1).Insert(i, change)])
                {
                    if (PlainYaml.TryParse(text) is { } plain)
                    {
                        Assert.Equal(Told(new Parser(new StringReader(text))), Told(plain));
                        same++;
                    }
                }
            }
        }

        Assert.True(same > Block.Length, "most changes leave the text plain");
    }

    [Fact]
    public void Deep_nesting_is_left_to_the_library() => Assert.Null(PlainYaml.TryParse(new string('[', 5000) + new string(']', 5000)));

    private static List<string> Told(IParser parser)
    {
        List<string> told = [];
        while (parser.MoveNext())
        {
            ParsingEvent read = parser.Current!;
            string what = read switch
            {
                Scalar scalar => $"{scalar.Anchor.IsEmpty} {scalar.Tag.IsEmpty} {scalar.Style} {scalar.Value}",
                SequenceStart list => $"{list.Anchor.IsEmpty} {list.Tag.IsEmpty} {list.Style}",
                MappingStart map => $"{map.Anchor.IsEmpty} {map.Tag.IsEmpty} {map.Style}",
                AnchorAlias alias => alias.Value.Value,
                _ => string.Empty,
            };
            told.Add(string.Create(CultureInfo.InvariantCulture, $"{read.GetType().Name} {read.Start.Index}:{read.Start.Line}:{read.Start.Column} {read.End.Index} {what}"));
        }

        return told;
    }
}
