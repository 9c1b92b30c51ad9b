using Mapping.Builtins.Strings.Patterns;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary><c>minProperties</c>, <c>maxProperties</c>.</summary>
internal sealed class MemberCountKeyword(long least, long most) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (value.IsObject && value.Count < least)
        {
            run.Report($"must have at least {least} properties");
        }

        if (value.IsObject && value.Count > most)
        {
            run.Report($"must have at most {most} properties");
        }
    }
}

/// <summary><c>required</c>.</summary>
internal sealed class RequiredKeyword(IReadOnlyList<Value> names) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (!value.IsObject)
        {
            return;
        }

        foreach (Value name in names)
        {
            if (value.TryGetMember(name.AsSpan(), out _))
            {
                run.Score++;
            }
            else
            {
                run.Report($"{name.AsHostString()} is required");
            }
        }
    }
}

/// <summary><c>properties</c>, <c>patternProperties</c>, and <c>additionalProperties</c> for the members that neither names.</summary>
/// <param name="properties">Schemas by name.</param>
/// <param name="patterns">Schemas by pattern of the name.</param>
/// <param name="rest">For the other members; null for none.</param>
/// <param name="isClosed">Other members are not allowed.</param>
internal sealed class PropertiesKeyword(
    IReadOnlyList<(Value Name, Schema Schema)> properties,
    IReadOnlyList<(Pattern Pattern, Schema Schema)> patterns,
    Schema? rest,
    bool isClosed) : Keyword
{
    private readonly ObjectNode named = NamesOf(properties);

    public override void Check(Validation run, Value value)
    {
        if (!value.IsObject)
        {
            return;
        }

        foreach ((Value name, Schema schema) in properties)
        {
            if (value.TryGetMember(name.AsSpan(), out Value member))
            {
                run.CheckBelow(schema, member, name);
            }
        }

        if (patterns.Count == 0 && rest is null && !isClosed)
        {
            return;
        }

        foreach (Member member in value.Members)
        {
            if (run.IsStopped)
            {
                return;
            }

            CheckByPattern(run, member);
        }
    }

    private static ObjectNode NamesOf(IReadOnlyList<(Value Name, Schema Schema)> properties)
    {
        var names = new ObjectNode();
        foreach ((Value name, _) in properties)
        {
            names.Set(name, Value.True);
        }

        return names;
    }

    private void CheckByPattern(Validation run, Member member)
    {
        bool isKnown = named.ContainsKey(member.Key.AsSpan());
        foreach ((Pattern pattern, Schema schema) in patterns)
        {
            if (pattern.IsMatch(member.Key.AsSpan()))
            {
                isKnown = true;
                run.CheckBelow(schema, member.Value, member.Key);
            }
        }

        if (isKnown)
        {
            return;
        }

        if (isClosed)
        {
            run.Report($"additional property {member.Key.AsHostString()} is not allowed");
        }
        else if (rest is not null)
        {
            run.CheckBelow(rest, member.Value, member.Key);
        }
    }
}

/// <summary><c>propertyNames</c>.</summary>
internal sealed class NamesKeyword(Schema schema) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (!value.IsObject)
        {
            return;
        }

        foreach (Member member in value.Members)
        {
            if (run.Try(schema, member.Key) is { } finding)
            {
                run.Report($"property name of \"{member.Key.AsHostString()}\" does not match");
                run.Add(finding);
            }
        }
    }
}

/// <summary><c>dependencies</c>: where a member is, other members must be, or a schema holds for the object.</summary>
internal sealed class DependenciesKeyword(IReadOnlyList<(Value Name, IReadOnlyList<Value> Others, Schema? Schema)> dependencies) : Keyword
{
    public override void Check(Validation run, Value value)
    {
        if (!value.IsObject)
        {
            return;
        }

        foreach ((Value name, IReadOnlyList<Value> others, Schema? schema) in dependencies)
        {
            if (!value.TryGetMember(name.AsSpan(), out _))
            {
                continue;
            }

            foreach (Value other in others)
            {
                if (!value.TryGetMember(other.AsSpan(), out _))
                {
                    run.Report($"has a dependency on {other.AsHostString()}");
                }
            }

            schema?.Check(run, value);
        }
    }
}
