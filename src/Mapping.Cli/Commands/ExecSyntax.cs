using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Mapping.Cli.Exec;
using Mapping.Cli.Input;
using Mapping.Cli.Output;

namespace Mapping.Cli.Commands;

/// <summary>What the arguments of <c>exec</c> ask for.</summary>
internal sealed record ExecRequest(
    MappingSource Mapping, MappingEnvironment Environment, IReadOnlyList<string> Paths, ExecOptions Options, string? OutputPath, bool IsInPlace);

/// <summary>The arguments and options of <c>exec</c>.</summary>
internal sealed class ExecSyntax
{
    private readonly Argument<string?> mapping = new("MAPPING") { Description = "The mapping, unless it is given by --file.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string[]> files = new("FILE")
    {
        Description = "Files of documents, .gz and .zst too; - is standard input, which is also the default.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> file = new("--file", "-f") { Description = "Read the mapping from a file.", HelpName = "FILE" };
    private readonly Option<string> stream = new("--stream") { Description = "How documents stand in the input: lines, json or array.", DefaultValueFactory = _ => "lines" };
    private readonly Option<bool> raw = Flag("--raw", "-r", "Documents are lines of plain text; this is a string.");
    private readonly Option<bool> nullInput = Flag("--null-input", "-n", "Map null once and read no input.");
    private readonly Option<bool> slurp = Flag("--slurp", "-s", "Map all documents at once, as one array.");
    private readonly Option<bool> pretty = Flag("--pretty", "-p", "Indent the results.");
    private readonly Option<bool> sortKeys = Flag("--sort-keys", "-S", "Write the keys of objects in byte order.");
    private readonly Option<bool> jsonStrings = Flag("--json-strings", "-j", "Write results that are strings in quotes.");
    private readonly Option<string[]> variables = new("--arg") { Description = "Set the variable NAME to a text.", HelpName = "NAME VALUE" };
    private readonly Option<string[]> jsonVariables = new("--argjson") { Description = "Set the variable NAME to a JSON value.", HelpName = "NAME JSON" };
    private readonly Option<string[]> metadata = new("--meta") { Description = "Metadata that each message has.", HelpName = "NAME=VALUE" };
    private readonly Option<bool> emitMeta = Flag("--emit-meta", null, "Write each result with its metadata.");
    private readonly Option<int> batch = new("--batch") { Description = "Messages in a batch.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<int> threads = new("--threads", "-t") { Description = "Map on so many threads; the order is kept.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<string?> output = new("--output", "-o") { Description = "Write to a file, which is replaced when the run is over.", HelpName = "FILE" };
    private readonly Option<bool> inPlace = Flag("--in-place", null, "Write each file's results back to it.");
    private readonly Option<string> onError = new("--on-error") { Description = "What a failing document does: stop, skip or keep.", DefaultValueFactory = _ => "stop" };
    private readonly Option<bool> exitStatus = Flag("--exit-status", "-e", "Exit with 1 when the last result is false or null, or there is none.");
    private readonly Option<bool> strict = Flag("--strict-utf8", null, "Refuse documents that are not UTF-8.");
    private readonly Option<bool> mutation = Flag("--mutation", null, "Change the document instead of making a new one.");

    public void AddTo(Command command)
    {
        stream.AcceptOnlyFromAmong("lines", "json", "array");
        onError.AcceptOnlyFromAmong("stop", "skip", "keep");
        command.Add(mapping);
        command.Add(files);
        Option[] options =
        [
            file, stream, raw, nullInput, slurp, pretty, sortKeys, jsonStrings, variables, jsonVariables, metadata, emitMeta, batch, threads, output, inPlace,
            onError, exitStatus, strict, mutation,
        ];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    public void Validate(CommandResult result)
    {
        string? text = result.GetValue(mapping);
        string[] paths = result.GetValue(files) ?? [];
        bool hasFile = result.GetValue(file) is not null;
        if (!hasFile && text is null)
        {
            result.AddError("a mapping is missing: give it as the first argument, or a file that holds it with -f");
        }
        else if (!hasFile && text!.EndsWith(".blobl", StringComparison.Ordinal) && File.Exists(text))
        {
            // The name of a file is a valid mapping, too: it reads a field, and every document would become null.
            result.AddError($"{text} is a file: give it with -f to run the mapping in it");
        }

        foreach (string name in paths.Where(n => n.Length > 1 && n[0] == '-' && !File.Exists(n)))
        {
            result.AddError($"unknown option {name}");
        }

        CheckNumbers(result);
        CheckPairs(result);
        bool anyFile = paths.Any(p => p != "-") || (hasFile && text is not null and not "-");
        if (result.GetValue(inPlace) && (!anyFile || paths.Contains("-")))
        {
            result.AddError("--in-place needs files to write to");
        }

        if (result.GetValue(inPlace) && result.GetValue(output) is not null)
        {
            result.AddError("--in-place and --output exclude each other");
        }

        if (result.GetValue(nullInput) && anyFile)
        {
            result.AddError("--null-input reads no files");
        }
    }

    public ExecRequest Read(ParseResult parsed, StandardStreams streams)
    {
        string? path = parsed.GetValue(file);
        string? first = parsed.GetValue(mapping);
        string[] others = parsed.GetValue(files) ?? [];

        // With -f the first argument is no mapping but the first file.
        string[] paths = path is not null && first is not null ? [first, .. others] : others;
        bool toTerminal = streams.HasColours && parsed.GetValue(output) is null && !parsed.GetValue(inPlace);
        var options = new ExecOptions
        {
            Stream = Enum.Parse<StreamForm>(parsed.GetValue(stream)!, ignoreCase: true),
            OnError = Enum.Parse<OnError>(parsed.GetValue(onError)!, ignoreCase: true),
            IsRaw = parsed.GetValue(raw),
            IsNullInput = parsed.GetValue(nullInput),
            IsSlurp = parsed.GetValue(slurp),
            IsMutation = parsed.GetValue(mutation),
            IsStrictUtf8 = parsed.GetValue(strict),
            BatchSize = parsed.GetValue(batch),
            Threads = parsed.GetValue(threads),
            Metadata = [.. (parsed.GetValue(metadata) ?? []).Select(Pair)],
            JudgesLastOutput = parsed.GetValue(exitStatus),
            Result = ResultForm.Of(
                parsed.GetValue(pretty), parsed.GetValue(sortKeys), parsed.GetValue(jsonStrings), parsed.GetValue(emitMeta), toTerminal),
        };
        MappingSource source = path is null ? MappingSource.Inline(first!) : MappingSource.OfFile(path);
        return new ExecRequest(source, EnvironmentOf(parsed), paths, options, parsed.GetValue(output), parsed.GetValue(inPlace));
    }

    private MappingEnvironment EnvironmentOf(ParseResult parsed)
    {
        MappingEnvironment environment = Environments.Full;
        foreach (string text in parsed.GetValue(variables) ?? [])
        {
            (string name, string value) = Pair(text);
            environment = environment.WithTextVariable(name, value);
        }

        foreach (string text in parsed.GetValue(jsonVariables) ?? [])
        {
            (string name, string value) = Pair(text);
            try
            {
                environment = environment.WithVariable(name, value);
            }
            catch (ArgumentException error)
            {
                throw new Problem(ExitCodes.Usage, $"--argjson {name}: {error.Message}", "texts need quotes of their own, or use --arg");
            }
        }

        return environment;
    }

    private void CheckNumbers(CommandResult result)
    {
        foreach (Option<int> number in new[] { batch, threads })
        {
            if (result.GetResult(number) is { Implicit: false } given
                && (!int.TryParse(given.Tokens.Count > 0 ? given.Tokens[^1].Value : null, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value is < 1 or > 10_000))
            {
                result.AddError($"{number.Name} takes a number from 1 to 10000");
            }
        }
    }

    private void CheckPairs(CommandResult result)
    {
        foreach (Option<string[]> pairs in new[] { variables, jsonVariables, metadata })
        {
            foreach (string text in result.GetValue(pairs) ?? [])
            {
                if (text.IndexOf('=', StringComparison.Ordinal) <= 0)
                {
                    result.AddError(pairs == metadata ? $"--meta takes NAME=VALUE, not \"{text}\"" : $"{pairs.Name} takes a name and a value");
                }
            }
        }
    }

    private static (string Name, string Text) Pair(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return (text[..equals], text[(equals + 1)..]);
    }

    private static Option<bool> Flag(string name, string? alias, string description) =>
        alias is null ? new(name) { Description = description } : new(name, alias) { Description = description };
}
