using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>filepath_join</c>, <c>filepath_split</c>: paths with slashes on every system.</summary>
internal static class FilePaths
{
    public static readonly Builtin FilepathJoin = BuiltinBuilder
        .Method("filepath_join", Category.Strings, "Joins the parts of a file path with slashes and resolves empty, '.' and '..' parts.")
        .On(Accepts.Array)
        .Returns("string")
        .Example("", "root.path = this.parts.filepath_join()", ("""{"parts":["/foo/","bar.txt"]}""", """{"path":"/foo/bar.txt"}"""))
        .Example("", "root = this.filepath_join()", ("""["a","./b","..","c"]""", "a/c"))
        .Body(static (context, target) => Join(context, target));

    public static readonly Builtin FilepathSplit = BuiltinBuilder
        .Method("filepath_split", Category.Strings, "Splits a file path after its last slash into folder and file name.")
        .On(Accepts.LenientText)
        .Returns("array")
        .Example("", "root.parts = this.path.filepath_split()", ("""{"path":"/foo/bar.txt"}""", """{"parts":["/foo/","bar.txt"]}"""))
        .Example("Either may be empty.", "root = this.filepath_split()", ("\"baz.txt\"", """["","baz.txt"]"""), ("\"a/\"", """["a/",""]"""))
        .Body(static (context, target) =>
        {
            int cut = target.AsSpan().LastIndexOf((byte)'/') + 1;
            Value path = target.ToStringKind();
            ArrayNode parts = context.Arena.NewArray(2);
            parts.Add(path.Slice(0, cut));
            parts.Add(path.Slice(cut, path.TextLength - cut));
            return Value.FromArray(parts);
        });

    private static Value Join(EvaluationContext context, Value array)
    {
        ArrayBufferWriter<byte> joined = context.Scratch();
        int index = 0;
        foreach (Value part in array.Elements)
        {
            if (!part.IsText)
            {
                return Value.Fail($"path element {index}: expected string value, got {part.TypeName}");
            }

            index++;
            if (part.TextLength > 0)
            {
                if (joined.WrittenCount > 0)
                {
                    joined.Write("/"u8);
                }

                joined.Write(part.AsSpan());
            }
        }

        ReadOnlySpan<byte> path = joined.WrittenSpan;
        if (path.IsEmpty)
        {
            return context.Arena.String(path);
        }

        if (!context.TryGrow(path.Length, out Value exceeded))
        {
            return exceeded;
        }

        // The clean path is never longer than the joined one, which is at least one byte long.
        Span<byte> room = context.Arena.Allocate(path.Length, out byte[] owner, out int offset);
        return Value.FromUtf8(owner, offset, Clean(path, room));
    }

    /// <summary>Writes the shortest equivalent path and gives its length.</summary>
    private static int Clean(ReadOnlySpan<byte> path, Span<byte> target)
    {
        int written = 0;
        bool isRooted = path[0] == '/';
        if (isRooted)
        {
            target[written++] = (byte)'/';
        }

        // Nothing before this position can be removed by a later "..".
        int fixedLength = written;
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> part = path[range];
            if (part.IsEmpty || part is [(byte)'.'])
            {
                continue;
            }

            bool isUp = part is [(byte)'.', (byte)'.'];
            if (isUp && written > fixedLength)
            {
                int slash = target[fixedLength..written].LastIndexOf((byte)'/');
                written = slash < 0 ? fixedLength : fixedLength + slash;
                continue;
            }

            if (isUp && isRooted)
            {
                continue;
            }

            if (written > (isRooted ? 1 : 0))
            {
                target[written++] = (byte)'/';
            }

            part.CopyTo(target[written..]);
            written += part.Length;
            if (isUp)
            {
                fixedLength = written;
            }
        }

        if (written == 0)
        {
            target[written++] = (byte)'.';
        }

        return written;
    }
}
