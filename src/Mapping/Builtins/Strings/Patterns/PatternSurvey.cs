namespace Mapping.Builtins.Strings.Patterns;

/// <summary>What a pattern is made of.</summary>
internal sealed class PatternSurvey
{
    private readonly HashSet<CodeSet> sets = [];

    private PatternSurvey()
    {
    }

    public IReadOnlyCollection<CodeSet> Sets => sets;

    /// <summary>All assertions that the pattern makes.</summary>
    public Assertions Assertions { get; private set; }

    public static PatternSurvey Of(PatternNode root)
    {
        var survey = new PatternSurvey();
        survey.Visit(root);
        return survey;
    }

    /// <summary>Whether every match begins where the text does.</summary>
    public static bool BeginsAtTextStart(PatternNode node) => node switch
    {
        PatternNode.Anchor anchor => anchor.Demand == Assertions.TextStart,
        PatternNode.Sequence { Items: [var first, ..] } => BeginsAtTextStart(first),
        PatternNode.Capture capture => BeginsAtTextStart(capture.Item),
        _ => false,
    };

    /// <summary>The pattern without what follows its last group; null if nothing follows or there is no group.</summary>
    public static PatternNode? HeadWithGroups(PatternNode root)
    {
        if (root is not PatternNode.Sequence sequence)
        {
            return null;
        }

        int count = sequence.Items.Count;
        while (count > 0 && !HasGroups(sequence.Items[count - 1]))
        {
            count--;
        }

        return count == 0 || count == sequence.Items.Count ? null : new PatternNode.Sequence([.. sequence.Items.Take(count)]);
    }

    private static bool HasGroups(PatternNode node) => node switch
    {
        PatternNode.Capture => true,
        PatternNode.Sequence sequence => sequence.Items.Any(HasGroups),
        PatternNode.Choice choice => choice.Items.Any(HasGroups),
        PatternNode.Repeat repeat => HasGroups(repeat.Item),
        _ => false,
    };

    private void Visit(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.OneOf one:
                sets.Add(one.Set);
                break;
            case PatternNode.Anchor anchor:
                Assertions |= anchor.Demand;
                break;
            case PatternNode.Sequence sequence:
                VisitAll(sequence.Items);
                break;
            case PatternNode.Choice choice:
                VisitAll(choice.Items);
                break;
            case PatternNode.Repeat repeat:
                Visit(repeat.Item);
                break;
            case PatternNode.Capture capture:
                Visit(capture.Item);
                break;
        }
    }

    private void VisitAll(IReadOnlyList<PatternNode> nodes)
    {
        foreach (PatternNode node in nodes)
        {
            Visit(node);
        }
    }
}
