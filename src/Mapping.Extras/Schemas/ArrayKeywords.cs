using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary><c>items</c> as one schema for all elements.</summary>
internal sealed class EachItemKeyword(Schema schema) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (!value.IsArray)
        {
            return;
        }

        int index = 0;
        foreach (Value element in value.Elements)
        {
            run.CheckBelow(schema, element, index++);
            if (run.IsStopped)
            {
                return;
            }
        }
    }
}

/// <summary><c>items</c> as a schema for each position, and <c>additionalItems</c> for what comes after; null allows anything.</summary>
internal sealed class TupleKeyword(IReadOnlyList<Schema> schemas, Schema? rest, bool isClosed) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (!value.IsArray)
        {
            return;
        }

        int index = 0;
        foreach (Value element in value.Elements)
        {
            Schema? schema = index < schemas.Count ? schemas[index] : rest;
            if (schema is null || run.IsStopped)
            {
                break;
            }

            run.CheckBelow(schema, element, index++);
        }

        if (isClosed && value.Count > schemas.Count)
        {
            run.Report("no additional items allowed on array");
        }
    }
}

/// <summary><c>minItems</c>, <c>maxItems</c>.</summary>
internal sealed class ItemCountKeyword(long least, long most) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (value.IsArray && value.Count < least)
        {
            run.Report($"array must have at least {least} items");
        }

        if (value.IsArray && value.Count > most)
        {
            run.Report($"array must have at most {most} items");
        }
    }
}

/// <summary><c>uniqueItems: true</c>.</summary>
internal sealed class UniqueKeyword : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (!value.IsArray || value.Count < 2)
        {
            return;
        }

        // Candidates by hash; elements of one hash are compared with each other.
        var seen = new Dictionary<ulong, List<Value>>();
        foreach (Value element in value.Elements)
        {
            ulong hash = JsonEquality.Hash(element);
            if (!seen.TryGetValue(hash, out List<Value>? alike))
            {
                seen[hash] = [element];
                continue;
            }

            foreach (Value other in alike)
            {
                if (!run.TryStep())
                {
                    return;
                }

                if (JsonEquality.AreEqual(element, other))
                {
                    run.Report("array items must be unique");
                    return;
                }
            }

            alike.Add(element);
        }
    }
}

/// <summary><c>contains</c>.</summary>
internal sealed class ContainsKeyword(Schema schema) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (!value.IsArray)
        {
            return;
        }

        Finding? best = null;
        int index = 0;
        foreach (Value element in value.Elements)
        {
            Finding? finding = run.TryBelow(schema, element, index++);
            if (finding is null)
            {
                return;
            }

            best = Finding.Better(best, finding);
        }

        run.Report("at least one of the items must match");
        run.Add(best);
    }
}
