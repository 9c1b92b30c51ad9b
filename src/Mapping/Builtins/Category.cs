namespace Mapping.Builtins;

/// <summary>The groups of the reference documentation.</summary>
internal static class Category
{
    public const string General = "General";
    public const string MessageInfo = "Message Info";
    public const string Environment = "Environment";
    public const string Strings = "String Manipulation";
    public const string Numbers = "Number Manipulation";
    public const string Objects = "Object & Array Manipulation";
    public const string Time = "Timestamp Manipulation";
    public const string Encoding = "Encoding and Encryption";
    public const string Parsing = "Parsing";
    public const string Regex = "Regular Expressions";
    public const string Coercion = "Type Coercion";
    public const string Deprecated = "Deprecated";
}
