using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>One check of a value: where it stands, and what was found wrong so far.</summary>
internal sealed class Validation(EvaluationContext context)
{
    /// <summary>Schemas that look at the same place within each other; more can only be a circle.</summary>
    private const int MostAtOnePlace = 1000;

    /// <summary>More lines than anyone reads.</summary>
    private const int MostReported = 100;

    /// <summary>Deeper places are cut: a line for each would grow with the square of the depth.</summary>
    private const int MostOfPath = 64;

    private readonly List<(Value Key, int Index)> path = [];
    private readonly Stack<int> depths = new();
    private List<string> violations = [];
    private int atThisPlace;
    private Value stop = Value.Nothing;

    /// <summary>Violations so far.</summary>
    public int Count { get; private set; }

    /// <summary>Demands that were met so far: of several schemas, that with the most is the one meant.</summary>
    public int Score { get; set; }

    public bool IsStopped => !stop.IsNothing;

    /// <summary>The value when all is well, otherwise an error.</summary>
    public Value Outcome(Value value) =>
        IsStopped ? stop : Count == 0 ? value : Value.Fail(string.Join('\n', violations));

    /// <summary>Begins with a schema; the value takes the form it has in JSON. False when the run is over.</summary>
    public bool TryEnter(ref Value value)
    {
        if (IsStopped)
        {
            return false;
        }

        if (!TryStep())
        {
            return false;
        }

        if (++atThisPlace > MostAtOnePlace)
        {
            stop = Value.Fail("the schema refers to itself without end");
            return false;
        }

        value = InJson(value);
        return !IsStopped;
    }

    /// <summary>Counts a step against the limits; false when the run is over.</summary>
    public bool TryStep()
    {
        if (!context.TryStep(out Value exceeded))
        {
            stop = exceeded;
        }

        return !IsStopped;
    }

    public void Leave() => atThisPlace--;

    /// <summary>Checks a member or element.</summary>
    public void CheckBelow(Schema schema, Value value, Value key)
    {
        path.Add((key, 0));
        CheckBelow(schema, value);
    }

    public void CheckBelow(Schema schema, Value value, int index)
    {
        path.Add((Value.Null, index));
        CheckBelow(schema, value);
    }

    public void Report(string message)
    {
        Count++;
        if (violations.Count < MostReported)
        {
            violations.Add($"{Place()} {message}");
        }
    }

    /// <summary>Checks aside: what is found wrong is returned, not reported; null when nothing is.</summary>
    public Finding? Try(Schema schema, Value value)
    {
        List<string> outer = violations;
        (int count, int score) = (Count, Score);
        violations = [];
        schema.Check(this, value);
        Finding? finding = Count == count ? null : new Finding(violations, Score - score);
        violations = outer;
        Count = count;
        Score = finding is null ? Score : score;
        return finding;
    }

    /// <summary>The same below the current place.</summary>
    public Finding? TryBelow(Schema schema, Value value, int index)
    {
        path.Add((Value.Null, index));
        depths.Push(atThisPlace);
        atThisPlace = 0;
        Finding? finding = Try(schema, value);
        atThisPlace = depths.Pop();
        path.RemoveAt(path.Count - 1);
        return finding;
    }

    /// <summary>Reports what was found aside.</summary>
    public void Add(Finding? finding)
    {
        Count += finding is null ? 0 : 1;
        violations.AddRange(finding?.Violations.Take(MostReported - violations.Count) ?? []);
    }

    private void CheckBelow(Schema schema, Value value)
    {
        depths.Push(atThisPlace);
        atThisPlace = 0;
        schema.Check(this, value);
        atThisPlace = depths.Pop();
        path.RemoveAt(path.Count - 1);
    }

    private string Place()
    {
        if (path.Count == 0)
        {
            return "(root)";
        }

        string shown = string.Join('.', path.Take(MostOfPath).Select(static p => p.Key.IsNull ? p.Index.ToString() : p.Key.AsHostString()));
        return path.Count > MostOfPath ? shown + "..." : shown;
    }

    private Value InJson(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bytes:
                return context.Arena.String(Base64(value.AsSpan()));
            case ValueKind.Timestamp:
                return context.Arena.String(value.AsTimestamp().ToText());
            case ValueKind.Nothing or ValueKind.Deleted:
                return Value.Null;
            case ValueKind.Float64 when !double.IsFinite(value.AsFloat64()):
                stop = Value.Fail("NaN and infinities have no form in JSON");
                return value;
            default:
                return value;
        }
    }

    private ReadOnlySpan<byte> Base64(ReadOnlySpan<byte> bytes)
    {
        if (!context.TryGrow(Base64Length(bytes.Length), out Value exceeded))
        {
            stop = exceeded;
            return [];
        }

        return Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));
    }

    private static long Base64Length(int bytes) => ((bytes + 2L) / 3) * 4;
}

/// <summary>What a schema tried aside found wrong, and how much was right before that.</summary>
internal sealed record Finding(IReadOnlyList<string> Violations, int Score)
{
    public static Finding? Better(Finding? best, Finding? other) => best is null || (other is not null && other.Score > best.Score) ? other : best;
}
