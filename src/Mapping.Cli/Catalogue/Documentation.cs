using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Cli.Catalogue;

/// <summary>What the declaration of a builtin says, as texts.</summary>
internal static class Documentation
{
    /// <summary><c>string.trim_prefix(prefix: string) -> string</c>.</summary>
    public static string Signature(Builtin builtin)
    {
        string parameters = builtin.IsVariadic ? "values..." : string.Join(", ", builtin.Parameters.Select(Parameter));
        string receiver = builtin.IsMethod ? ReceiverOf(builtin) + "." : string.Empty;
        return $"{receiver}{builtin.Name}({parameters}) -> {builtin.Returns}";
    }

    /// <summary>The default of a parameter as JSON; null when it has none.</summary>
    public static string? Default(Parameter parameter)
    {
        if (parameter.Default is not { } value)
        {
            return null;
        }

        var text = new ArrayBufferWriter<byte>();
        return JsonWriter.TryWrite(value, text, JsonWriterOptions.Message) ? Encoding.UTF8.GetString(text.WrittenSpan) : null;
    }

    /// <summary><c>a string</c>, <c>an array or object</c>.</summary>
    public static string Article(string kinds) => ("aeiou".Contains(kinds[0], StringComparison.Ordinal) ? "an " : kinds == "null" ? string.Empty : "a ") + kinds;

    /// <summary>All that is known about a builtin, for the terminal.</summary>
    public static void Write(Builtin builtin, TextWriter output)
    {
        output.WriteLine($"{builtin.KindName} {Signature(builtin)}");
        output.WriteLine();
        output.WriteLine(builtin.Summary);
        if (builtin.Status != BuiltinStatus.Stable)
        {
            output.WriteLine($"Status: {builtin.Status.ToString().ToLowerInvariant()}.");
        }

        if (builtin.IsImpure)
        {
            output.WriteLine("Reaches outside of the message; not available to untrusted mappings.");
        }

        if (builtin.Parameters.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Parameters:");
            foreach (Parameter parameter in builtin.Parameters)
            {
                output.WriteLine($"  {parameter.Name} ({Kind(parameter)})  {parameter.Summary}".TrimEnd());
            }
        }

        foreach (BuiltinExample example in builtin.Examples)
        {
            output.WriteLine();
            output.WriteLine(example.Summary.Length == 0 ? "Example:" : $"Example: {example.Summary}");
            foreach (string line in example.Mapping.Split('\n'))
            {
                output.WriteLine($"  {line}".TrimEnd());
            }

            foreach ((string input, string result) in example.Results)
            {
                output.WriteLine($"    in:  {input}");
                output.WriteLine($"    out: {result}");
            }
        }
    }

    private static string ReceiverOf(Builtin builtin)
    {
        string kinds = builtin.Receiver.Describe();
        return kinds.Contains(' ', StringComparison.Ordinal) ? $"({kinds})" : kinds;
    }

    private static string Parameter(Parameter parameter)
    {
        string mark = parameter.IsOptional ? "?" : string.Empty;
        return Default(parameter) is { } value ? $"{parameter.Name}: {parameter.TypeName} = {value}" : $"{parameter.Name}{mark}: {parameter.TypeName}";
    }

    private static string Kind(Parameter parameter)
    {
        string rest = parameter.IsRequired ? string.Empty : Default(parameter) is { } value ? $", default {value}" : ", optional";
        return parameter.TypeName + rest;
    }
}
