using System.Globalization;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary>
/// A small file beside one that is appended to, there while it is: it tells from where on the content is ours. After a crash the part of a
/// message that a write cut short has left is cut off again; it was never acknowledged. What others wrote is not touched.
/// </summary>
internal sealed class AppendJournal(string path)
{
    private readonly string place = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.writing");

    /// <summary>Mends what a crash left, and notes that the file is written from its end on.</summary>
    public void Begin(FileStream file, byte[] separator)
    {
        try
        {
            if (File.Exists(place) && long.TryParse(File.ReadAllText(place), NumberStyles.None, CultureInfo.InvariantCulture, out long ours))
            {
                CutTornMessage(file, ours, separator);
            }

            File.WriteAllText(place, file.Length.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that takes no further file: a torn message then stays, ended by a separator.
        }
    }

    public void End()
    {
        try
        {
            File.Delete(place);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It does no harm: whatever stands after its position is ours.
        }
    }

    private static void CutTornMessage(FileStream file, long ours, byte[] separator)
    {
        const int Step = 64 * 1024;
        for (long end = file.Length; end > ours;)
        {
            long start = Math.Max(ours, end - Step);
            var part = new byte[end - start];
            file.Seek(start, SeekOrigin.Begin);
            file.ReadExactly(part);
            int last = part.AsSpan().LastIndexOf(separator);
            if (last >= 0)
            {
                file.SetLength(start + last + separator.Length);
                return;
            }

            end = start > ours ? start + separator.Length - 1 : ours;
        }

        if (file.Length > ours)
        {
            file.SetLength(ours);
        }
    }
}
