using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary><c>anyOf</c>.</summary>
internal sealed class AnyOfKeyword(IReadOnlyList<Schema> schemas) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        Finding? best = null;
        foreach (Schema schema in schemas)
        {
            Finding? finding = run.Try(schema, value);
            if (finding is null)
            {
                return;
            }

            best = Finding.Better(best, finding);
        }

        run.Report("must validate at least one schema (anyof)");
        run.Add(best);
    }
}

/// <summary><c>oneOf</c>.</summary>
internal sealed class OneOfKeyword(IReadOnlyList<Schema> schemas) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        Finding? best = null;
        int matches = 0;
        foreach (Schema schema in schemas)
        {
            Finding? finding = run.Try(schema, value);
            matches += finding is null ? 1 : 0;
            best = finding is null ? best : Finding.Better(best, finding);
        }

        if (matches == 1)
        {
            return;
        }

        run.Report("must validate one and only one schema (oneof)");
        run.Add(matches == 0 ? best : null);
    }
}

/// <summary><c>allOf</c>.</summary>
internal sealed class AllOfKeyword(IReadOnlyList<Schema> schemas) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        int before = run.Count;
        foreach (Schema schema in schemas)
        {
            schema.Check(run, value);
        }

        if (run.Count > before)
        {
            run.Report("must validate all the schemas (allof)");
        }
    }
}

/// <summary><c>not</c>.</summary>
internal sealed class NotKeyword(Schema schema) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (run.Try(schema, value) is null)
        {
            run.Report("must not validate the schema (not)");
        }
    }
}

/// <summary><c>if</c>, <c>then</c>, <c>else</c>.</summary>
internal sealed class ConditionKeyword(Schema condition, Schema then, Schema otherwise) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        bool holds = run.Try(condition, value) is null;
        if (run.Try(holds ? then : otherwise, value) is { } finding)
        {
            run.Report(holds ? "must validate \"then\" as \"if\" was valid" : "must validate \"else\" as \"if\" was not valid");
            run.Add(finding);
        }
    }
}
