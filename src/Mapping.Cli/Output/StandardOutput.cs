using Microsoft.Win32.SafeHandles;

namespace Mapping.Cli.Output;

/// <summary>Opens standard output so that a closed pipe is noticed.</summary>
internal static class StandardOutput
{
    /// <summary>
    /// The stream of the console class drops what is written to a closed pipe without a word, so that a mapping of endless
    /// input would never end; a file stream reports it. Redirected to a file the console stream is right: it moves the file
    /// offset that other programs share.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
