namespace Mapping.Functions;

/// <summary>Builtins that exist in other editions of a program and not in this one.</summary>
/// <param name="Edition">The edition that lacks them.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record EditionGap(string Edition, string Remedy, IReadOnlySet<string> Functions, IReadOnlySet<string> Methods)
{
    public bool Lacks(string name, bool isMethod) => (isMethod ? Methods : Functions).Contains(name);
}
