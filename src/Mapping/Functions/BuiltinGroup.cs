namespace Mapping.Functions;

/// <summary>
/// Builtins that are declared together. Their names are known without their declarations, which are made when one of them is asked for:
/// to make all there are takes longer than to compile a mapping and run it.
/// </summary>
internal sealed class BuiltinGroup
{
    private readonly Func<IReadOnlyList<Builtin>> make;
    private IReadOnlyList<Builtin>? made;

    /// <param name="names">As they are written in a mapping, with a space between: <c>.method</c> and <c>function()</c>.</param>
    /// <param name="make">Gives the builtins of these names.</param>
    public BuiltinGroup(string names, Func<IReadOnlyList<Builtin>> make)
    {
        this.make = make;
        string[] all = names.Split(' ');
        Methods = [.. all.Where(IsMethod).Select(name => name[1..])];
        Functions = [.. all.Where(name => !IsMethod(name)).Select(name => name[..^2])];
    }

    /// <summary>One that is made already.</summary>
    public BuiltinGroup(Builtin builtin)
    {
        make = () => [builtin];
        Methods = builtin.IsMethod ? [builtin.Name] : [];
        Functions = builtin.IsMethod ? [] : [builtin.Name];
    }

    public IReadOnlyList<string> Methods { get; }

    public IReadOnlyList<string> Functions { get; }

    /// <summary>The builtins; making them twice, which two threads may do, gives the same ones.</summary>
    public IReadOnlyList<Builtin> All => Volatile.Read(ref made) ?? Interlocked.CompareExchange(ref made, make(), null) ?? made;

    private static bool IsMethod(string name) => name[0] == '.';
}
