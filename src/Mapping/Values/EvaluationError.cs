using Mapping.Text;

namespace Mapping.Values;

internal enum ErrorKind
{
    /// <summary>An operation refused its operands.</summary>
    Failure,

    /// <summary>The text of a <c>throw</c>, kept bare.</summary>
    Thrown,

    /// <summary>A value of a kind that is not accepted; the text names it already.</summary>
    WrongType,

    /// <summary>The body could not be read as a document.</summary>
    Unreadable,

    /// <summary>Maps called each other too often; can be caught, as in the reference.</summary>
    Recursion,

    /// <summary>A limit of the run was exceeded; cannot be caught.</summary>
    Limit,
}

/// <summary>
/// Why an evaluation failed. It grows on its way out: the innermost call adds what it was called on and the place,
/// constructs put their text in front.
/// </summary>
internal sealed class EvaluationError(ErrorKind kind, string message)
{
    private List<string>? mapCalls;

    /// <summary>Stands for all failures whose text nobody reads: nothing is noted on it.</summary>
    public static EvaluationError Unworded { get; } = new(ErrorKind.Failure, "failed");

    public ErrorKind Kind { get; } = kind;

    public string Message { get; private set; } = message;

    /// <summary>The text seen by <c>catch</c> where it differs from <see cref="Message"/>.</summary>
    public string? CaughtMessage { get; init; }

    /// <summary>True once the text names the value it speaks of.</summary>
    public bool IsAnnotated { get; private set; } = kind is ErrorKind.WrongType or ErrorKind.Thrown or ErrorKind.Unreadable or ErrorKind.Recursion or ErrorKind.Limit;

    public bool IsUnworded => ReferenceEquals(this, Unworded);

    public bool IsFatal => Kind == ErrorKind.Limit;

    /// <summary>Says what the whole run did, not what a value is like: no text of a construct and no path of a value goes with it.</summary>
    public bool IsAboutLimits => Kind is ErrorKind.Limit or ErrorKind.Recursion;

    public SourceText? Source { get; private set; }

    public TextSpan Span { get; private set; }

    /// <summary>The path of the value that was refused, such as <c>this.items.3.price</c>.</summary>
    public string? ValuePath => Value?.ToString();

    /// <summary>The refused value, as far as its path is known on the way out.</summary>
    public ValuePath? Value
    {
        get;
        set => field = IsUnworded ? null : value;
    }

    /// <summary>Which element an iteration was at when the error passed it.</summary>
    public string? Element { get; private set; }

    /// <summary>Whether the iteration was over the members of an object, seen as pairs of key and value.</summary>
    public bool IsMember { get; private set; }

    /// <summary>Names of the maps the error passed on its way out, innermost first.</summary>
    public IReadOnlyList<string> MapCalls => mapCalls ?? (IReadOnlyList<string>)[];

    /// <summary>Names the value, unless an inner call did so already.</summary>
    public void Annotate(string annotation)
    {
        if (!IsAnnotated && !IsUnworded)
        {
            Message = annotation + ": " + Message;
            IsAnnotated = true;
        }
    }

    /// <summary>Notes the innermost place; later ones are ignored.</summary>
    public void Locate(SourceText source, TextSpan span)
    {
        if (Source is null && !IsUnworded)
        {
            Source = source;
            Span = span;
        }
    }

    /// <summary>Puts the text of a construct in front; the whole may then be annotated again.</summary>
    /// <param name="prefix">Ends with a colon and a blank.</param>
    /// <param name="element">The position or key of the element an iteration was at.</param>
    /// <param name="isMember">The element was seen as a pair of key and value.</param>
    public Values.Value Within(string prefix, string? element = null, bool isMember = false)
    {
        if (IsUnworded)
        {
            return Values.Value.Unworded;
        }

        Element = element;
        IsMember = isMember;
        if (Kind != ErrorKind.Unreadable && !IsAboutLimits)
        {
            Message = prefix + Message;
            IsAnnotated = false;
        }

        return Values.Value.FromError(this);
    }

    /// <summary>Notes which element an iteration was at, without a text of its own.</summary>
    public Values.Value AtElement(string element, bool isMember = false)
    {
        if (!IsUnworded)
        {
            Element = element;
            IsMember = isMember;
        }

        return Values.Value.FromError(this);
    }

    /// <summary>The iteration over <paramref name="iterated"/> is left: the path of the value is now seen from outside.</summary>
    public void LeaveIteration(ValuePath? iterated)
    {
        Value = iterated is null || Element is null ? null : Value?.Below(iterated, Element, IsMember);
        Element = IsUnworded ? Element : null;
    }

    public void PassedMap(string name)
    {
        if (!IsUnworded)
        {
            (mapCalls ??= []).Add(name);
        }
    }
}
