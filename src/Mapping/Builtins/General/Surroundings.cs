using System.Net;
using System.Net.Sockets;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary><c>env</c>, <c>file</c>, <c>file_rel</c>, <c>hostname</c>: absent from restricted environments.</summary>
internal static class Surroundings
{
    public static readonly Builtin Env = BuiltinBuilder
        .Function("env", Category.Environment, "Gives an environment variable, or null when it is not set.")
        .Returns("string|null")
        .Impure()
        .Static(unless: "no_cache")
        .Parameter("name", ParameterType.String, "The name of the variable.")
        .Parameter("no_cache", ParameterType.Bool, "Read it again each time.", Value.False)
        .Prepare(static (services, arguments) =>
        {
            string name = arguments[0].AsHostString();
            return Preparation.Ready(arguments[1].IsTrue ? new Reading(name, null) : new Reading(name, Variable(services, name)));
        })
        .Example("", "root.v = env(\"MAPPING_EXAMPLE_NOT_SET\")", ("{}", """{"v":null}"""))
        .Example("", "root.v = env(\"MAPPING_EXAMPLE_NOT_SET\").or(\"none\")", ("{}", """{"v":"none"}"""))
        .Body<Reading>(static (context, _, reading, _) => reading.Cached ?? Variable(context.Services, reading.Name));

    public static readonly Builtin File = BuiltinBuilder
        .Function("file", Category.Environment, "Gives the bytes of a file; a relative path starts from the working directory.")
        .Returns("bytes")
        .Impure()
        .Static(unless: "no_cache")
        .Parameter("path", ParameterType.String, "The path of the file.")
        .Parameter("no_cache", ParameterType.Bool, "Read it again each time.", Value.False)
        .Prepare(static (services, arguments) => Read(services, arguments, relative: false))
        .Example("", "root = file(\"/dev/null\").length()", ("{}", "0"))
        .Example("", "root = file(this.path).catch(\"unreadable\")", ("""{"path":"/no/such/file"}""", "unreadable"))
        .Body<Reading>(static (context, _, reading, _) => reading.Cached ?? Content(context.Services, reading.Name));

    public static readonly Builtin FileRel = BuiltinBuilder
        .Function("file_rel", Category.Environment, "Gives the bytes of a file; a relative path starts from the folder of the mapping.")
        .Returns("bytes")
        .Impure()
        .DependsOnSource()
        .Static(unless: "no_cache")
        .Parameter("path", ParameterType.String, "The path of the file.")
        .Parameter("no_cache", ParameterType.Bool, "Read it again each time.", Value.False)
        .Prepare(static (services, arguments) => Read(services, arguments, relative: true))
        .Example("", "root = file_rel(\"/dev/null\").length()", ("{}", "0"))
        .Example("", "root = file_rel(this.path).catch(\"unreadable\")", ("""{"path":"no-such-file"}""", "unreadable"))
        .Body<Reading>(static (context, _, reading, _) => reading.Cached ?? Content(context.Services, reading.Name));

    public static readonly Builtin Hostname = BuiltinBuilder
        .Function("hostname", Category.Environment, "Gives the name of the machine.")
        .Returns("string")
        .Impure()
        .Example("", "root = hostname().length() > 0", ("{}", "true"))
        .Example("", "root = hostname() == hostname()", ("{}", "true"))
        .FunctionBody(static context => MachineName(context));

    private static Value Variable(BuiltinServices services, string name) =>
        services.ReadVariable(name) is { } text ? Value.FromString(text) : Value.Null;

    private static Preparation Read(BuiltinServices services, ReadOnlySpan<Value> arguments, bool relative)
    {
        string path = arguments[0].AsHostString();
        if (relative && services.BaseDirectory is { } folder)
        {
            path = Path.Combine(folder, path);
        }

        if (arguments[1].IsTrue)
        {
            return Preparation.Ready(new Reading(path, null));
        }

        Value content = Content(services, path);
        return content.IsError ? Preparation.Refuse(content.AsError().Message) : Preparation.Ready(new Reading(path, content));
    }

    private static Value Content(BuiltinServices services, string path)
    {
        try
        {
            byte[] content = services.ReadFile(path);
            return content.Length <= Value.MaxBytes ? Value.FromBytes(content) : Value.Fail($"open {path}: the file is too large");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Value.Fail(e is FileNotFoundException or DirectoryNotFoundException ? $"open {path}: no such file or directory" : $"open {path}: {e.Message}");
        }
    }

    private static Value MachineName(EvaluationContext context)
    {
        try
        {
            return context.Arena.String(Dns.GetHostName());
        }
        catch (SocketException e)
        {
            return Value.Fail($"the name of the machine is unknown: {e.Message}");
        }
    }

    /// <summary>What is read, and its content unless it is read anew each time.</summary>
    private sealed record Reading(string Name, Value? Cached);
}
