using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary>Of the errors of an iteration that does not go by the order of the keys, the one that would have come first in it.</summary>
internal ref struct FirstFailure
{
    public EvaluationError? Error { get; private set; }

    public Value Key { get; private set; }

    /// <summary>Notes an error; true if it is one that nothing goes on after.</summary>
    public bool IsFinal(Value key, Value error)
    {
        EvaluationError found = error.AsError();
        if (found.IsFatal || Error is null || key.AsSpan().SequenceCompareTo(Key.AsSpan()) < 0)
        {
            Error = found;
            Key = key;
        }

        return found.IsFatal;
    }
}
