using System.CommandLine;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl completion bash|zsh|fish</c>: prints a script that asks blobl itself what can follow.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _blobl() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -o default -W "$(blobl "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _blobl blobl
        """;

    private const string Zsh = """
        #compdef blobl
        _blobl() {
            local -a found
            found=("${(@f)$(blobl "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a found
            _files
        }
        compdef _blobl blobl
        """;

    private const string Fish = """
        complete -c blobl -a '(blobl "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
        """;

    public static Command Create(StandardStreams streams)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints a completion script, for example: source <(blobl completion bash)") { shell };
        command.SetAction(parsed =>
        {
            using TextWriter output = streams.OpenOutputText();
            output.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return ExitCodes.Fine;
        });
        return command;
    }
}
