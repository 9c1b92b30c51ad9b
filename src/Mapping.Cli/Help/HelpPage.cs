namespace Mapping.Cli.Help;

/// <summary>What a diagnostic code means, with a mapping that has the mistake and one that has not.</summary>
/// <param name="Code">As in <c>M204</c>.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">The page as it is shown.</param>
/// <param name="Blocks">The fenced examples in it.</param>
internal sealed record HelpPage(string Code, string Title, string Text, IReadOnlyList<HelpBlock> Blocks);

/// <summary>A fenced block: <c>failing</c>, <c>mended</c>, <c>input</c> or <c>file NAME</c>.</summary>
internal sealed record HelpBlock(string Role, string Content);
