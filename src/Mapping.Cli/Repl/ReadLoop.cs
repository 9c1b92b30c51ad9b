namespace Mapping.Cli.Repl;

/// <summary>Reads entries until the end or <c>:quit</c>: commands, and statements that may go over several lines.</summary>
internal static class ReadLoop
{
    public static void Run(Session session, SessionCommands commands, ILineSource lines)
    {
        while (lines.Read(isContinuation: false) is { } line)
        {
            string entry = line.TrimEnd();
            if (entry.Length == 0)
            {
                continue;
            }

            if (entry[0] == ':')
            {
                lines.Remember(entry);
                if (!commands.Run(entry))
                {
                    return;
                }
            }
            else
            {
                entry = Complete(entry, lines);
                lines.Remember(entry);
                session.Submit(entry);
            }

            session.Output.Flush();
        }
    }

    /// <summary>Goes on while something is open; an empty line gives up and lets the error be shown.</summary>
    private static string Complete(string entry, ILineSource lines)
    {
        while (Session.IsIncomplete(entry) && lines.Read(isContinuation: true) is { } more && more.Trim().Length > 0)
        {
            entry += "\n" + more.TrimEnd();
        }

        return entry;
    }
}
