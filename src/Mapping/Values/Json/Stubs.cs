using System.Buffers;
namespace Mapping.Values.Json;
internal enum JsonKind : byte { Null, False, True, Number, String, Array, Object }
internal readonly record struct JsonError(string Message, int Offset, int Line, int Column);
#pragma warning disable CA1822, CA1801, IDE0060, CA1812
internal sealed class Document
{
    public bool TryParse(byte[] buffer, int start, int length, bool strictUtf8, out JsonError? error) => throw new NotSupportedException();
    public byte[] Buffer => []; public int Start => 0; public int Length => 0;
    public int RootIndex => 0; public int Depth => 0;
    public JsonKind KindAt(int index) => default; public int NextAt(int index) => 0; public int CountAt(int index) => 0;
    public bool HasDuplicateKeys(int index) => false; public bool IsRawClean(int index) => true;
    public void RawRange(int index, out int offset, out int length) { offset = length = 0; }
    public void StringAt(int index, out byte[] owner, out int offset, out int length) { owner = []; offset = length = 0; }
    public void NumberAt(int index, out int offset, out int length) { offset = length = 0; }
    public int FirstChild(int index) => index + 1;
    public bool TryFindMember(int objectIndex, ReadOnlySpan<byte> key, out int valueIndex) { valueIndex = 0; return false; }
    public int ElementAt(int arrayIndex, int position) => -1;
    public int ApproximateBytes => 0;
}
internal static class RawCopy { public static void Write(Document d, int index, IBufferWriter<byte> writer) => throw new NotSupportedException(); }
internal static class JsonText { public static void WriteString(ReadOnlySpan<byte> bytes, IBufferWriter<byte> writer, bool escapeHtml) => throw new NotSupportedException(); }
internal static class NumberText
{
    public const int MaxLength = 32;
    public static int WriteJson(double value, Span<byte> target) => 0;
    public static int WriteText(double value, Span<byte> target) => 0;
    public static bool TryInt64(ReadOnlySpan<byte> text, out long value) { value = 0; return false; }
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value) { value = 0; return false; }
}
