using System.Runtime.CompilerServices;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>
/// A schema or a part of one, ready to check values; safe for several threads. It is filled after it was made, because
/// schemas refer to each other in circles.
/// </summary>
internal sealed class Schema
{
    public static Schema Anything { get; } = new();

    public static Schema Never { get; } = new() { Keywords = [new NeverKeyword()] };

    /// <summary>Looked at first: a value of the wrong type is only reported for that.</summary>
    public TypeKeyword? Type { get; set; }

    public IReadOnlyList<Keyword> Keywords { get; set; } = [];

    /// <summary>Adds what is wrong with the value to the run.</summary>
    public void Check(Validation run, Value value)
    {
        if (!run.TryEnter(ref value))
        {
            return;
        }

        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            CheckHere(run, value);
        }
        else
        {
            DeepStack.Run(() =>
            {
                CheckHere(run, value);
                return true;
            });
        }

        run.Leave();
    }

    private void CheckHere(Validation run, Value value)
    {
        if (Type is { } type && !type.Allows(value))
        {
            run.Report($"invalid type. expected: {type.Names}, given: {JsonTypes.NameOf(value)}");
            return;
        }

        foreach (Keyword keyword in Keywords)
        {
            int before = run.Count;
            keyword.Check(run, value);
            run.Score += run.Count == before ? 1 : 0;
        }
    }
}
