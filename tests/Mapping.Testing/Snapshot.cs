using System.Runtime.CompilerServices;

namespace Mapping.Testing;

/// <summary>
/// Compares a text with the one recorded beside the test: <c>Class.Method.verified.txt</c>. On a difference the new text is
/// written to <c>.received.txt</c>; to accept it, rename the file. The conventions are those of Verify.
/// </summary>
public static class Snapshot
{
    /// <summary>Throws when the text differs from the recorded one, or nothing is recorded yet.</summary>
    public static void Verify(string text, string? name = null, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string received = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        string folder = Path.GetDirectoryName(file)!;
        string stem = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}.{method}{(name is null ? string.Empty : "." + name)}");
        string verifiedPath = stem + ".verified.txt";
        string receivedPath = stem + ".received.txt";
        string? verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath).ReplaceLineEndings("\n") : null;
        if (verified == received)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        throw new SnapshotException(verified is null
            ? $"nothing is recorded for {Path.GetFileName(verifiedPath)}; received:\n{received}"
            : $"the text differs from {Path.GetFileName(verifiedPath)}\n--- verified\n{verified}--- received\n{received}");
    }
}

/// <summary>A text that is not the recorded one.</summary>
public sealed class SnapshotException(string message) : Exception(message);
