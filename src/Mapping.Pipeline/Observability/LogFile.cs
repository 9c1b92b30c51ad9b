using System.IO.Compression;
using System.Text;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Observability;

/// <summary>A file of log lines. One of 10 MB is set aside, compressed, as <c>NAME.1.gz</c>, in place of the one before.</summary>
internal sealed class LogFile : TextWriter
{
    private const long LargestSize = 10_000_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly LogFileOptions options;
    private readonly TimeProvider clock;
    private readonly long largest;
    private StreamWriter lines;

    public LogFile(LogFileOptions options, TimeProvider clock, long largest = LargestSize)
    {
        this.options = options;
        this.clock = clock;
        this.largest = largest;
        RemoveOld();
        lines = Open();
    }

    public override Encoding Encoding => Utf8;

    private string SetAside => options.Path + ".1.gz";

    public override void Write(char value) => lines.Write(value);

    public override void Write(string? value) => lines.Write(value);

    public override void WriteLine(string? value)
    {
        lines.Write(value);
        lines.Write('\n');
    }

    public override void Flush()
    {
        lines.Flush();
        if (options.Rotates && lines.BaseStream.Position >= largest)
        {
            Rotate();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lines.Dispose();
        }

        base.Dispose(disposing);
    }

    private StreamWriter Open()
    {
        if (Path.GetDirectoryName(options.Path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return new StreamWriter(new FileStream(options.Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite), Utf8);
    }

    private void Rotate()
    {
        lines.Dispose();
        using (FileStream full = File.OpenRead(options.Path))
        using (var packed = new GZipStream(File.Create(SetAside), CompressionLevel.Fastest))
        {
            full.CopyTo(packed);
        }

        File.Delete(options.Path);
        lines = Open();
    }

    private void RemoveOld()
    {
        if (options.MostAgeDays > 0 && File.Exists(SetAside) && File.GetLastWriteTimeUtc(SetAside) < clock.GetUtcNow().UtcDateTime.AddDays(-options.MostAgeDays))
        {
            File.Delete(SetAside);
        }
    }
}
