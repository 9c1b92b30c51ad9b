using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Syntax;

namespace Mapping.Binding;

/// <summary>Brings written arguments, positional or named, into the order of the declaration.</summary>
internal sealed class ArgumentAssigner(ExpressionBinder binder, Builtin builtin, ArgumentListSyntax list)
{
    /// <summary>One entry per parameter, null where no argument was given; null as a whole when the call is wrong.</summary>
    public ArgumentSyntax?[]? Assign()
    {
        var assigned = new ArgumentSyntax?[builtin.Parameters.Count];
        int named = list.Items.Count(a => a.Name is not null);
        if (named > 0 && named < list.Items.Count)
        {
            ArgumentSyntax first = list.Items.First(a => a.Name is not null);
            return Refuse(DiagnosticCodes.MixedArguments, first, "positional and named arguments can't be mixed", "name all of them or none");
        }

        bool fits = named > 0 ? AssignNamed(assigned) : AssignPositional(assigned);
        return fits && HasAllRequired(assigned) ? assigned : null;
    }

    private bool AssignPositional(ArgumentSyntax?[] assigned)
    {
        if (list.Items.Count > assigned.Length)
        {
            Refuse(
                DiagnosticCodes.TooManyArguments,
                list.Items[assigned.Length],
                $"wrong number of arguments for {builtin.KindName} {builtin.Name}, expected {assigned.Length}, got {list.Items.Count}",
                Usage());
            return false;
        }

        for (int i = 0; i < list.Items.Count; i++)
        {
            assigned[i] = list.Items[i];
        }

        return true;
    }

    private bool AssignNamed(ArgumentSyntax?[] assigned)
    {
        foreach (ArgumentSyntax argument in list.Items)
        {
            string name = argument.Name!.Text;
            int index = 0;
            while (index < assigned.Length && builtin.Parameters[index].Name != name)
            {
                index++;
            }

            if (index == assigned.Length)
            {
                string? hint = Suggestion.Hint(name, builtin.Parameters.Select(p => p.Name)) ?? Usage();
                Refuse(DiagnosticCodes.UnknownArgument, argument, $"{builtin.KindName} {builtin.Name} has no parameter \"{name}\"", hint);
                return false;
            }

            if (assigned[index] is not null)
            {
                Refuse(DiagnosticCodes.DuplicateArgument, argument, $"the argument {name} is given twice", null);
                return false;
            }

            assigned[index] = argument;
        }

        return true;
    }

    private bool HasAllRequired(ArgumentSyntax?[] assigned)
    {
        string[] missing = [.. builtin.Parameters.Where((p, i) => assigned[i] is null && p.IsRequired).Select(p => p.Name)];
        if (missing.Length == 0)
        {
            return true;
        }

        string what = missing.Length == 1 ? "missing parameter" : "missing parameters";
        binder.Error(DiagnosticCodes.MissingArgument, list.Span, $"{what} of {builtin.KindName} {builtin.Name}: {string.Join(", ", missing)}", Usage());
        return false;
    }

    private ArgumentSyntax?[]? Refuse(string code, ArgumentSyntax culprit, string message, string? hint)
    {
        binder.Error(code, culprit.Name?.Span ?? culprit.Span, message, hint);
        return null;
    }

    private string Usage() => builtin.Parameters.Count == 0
        ? $"{builtin.Name}() takes no arguments"
        : $"usage: {builtin.Name}({string.Join(", ", builtin.Parameters.Select(p => p.IsRequired ? p.Name : $"[{p.Name}]"))})";
}
