namespace Mapping.Builtins.Strings.Format;

/// <summary>What stands between the percent sign and the verb.</summary>
internal struct Directive
{
    public bool Minus;
    public bool Plus;
    public bool Sharp;
    public bool Space;
    public bool Zero;

    /// <summary><c>%+v</c> and <c>%#v</c>: the flag belongs to the verb and says nothing about numbers.</summary>
    public bool PlusV;
    public bool SharpV;

    /// <summary>-1 when not given.</summary>
    public int Width;
    public int Precision;

    public static Directive Empty => new() { Width = -1, Precision = -1 };

    public readonly bool PadsWithZeros => Zero && !Minus;
}
