using System.Buffers;
using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary>Writes values as XML elements to the scratch buffer.</summary>
/// <param name="context">The evaluation.</param>
/// <param name="indent">One level of indentation; null for everything on one line.</param>
internal sealed class XmlText(EvaluationContext context, ReadOnlyMemory<byte>? indent)
{
    private readonly ArrayBufferWriter<byte> output = context.Scratch();

    public static bool IsAttribute(Value key) => key.TextLength > 1 && key.AsSpan()[0] == '-';

    public static bool IsText(Value key) => key.AsSpan().SequenceEqual("#text"u8);

    /// <summary>Writes an element, or one for each element of an array; gives an error value when that is impossible.</summary>
    public Value Element(Value name, Value value, int level)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return Text.DeepStack.Run(() => Element(name, value, level));
        }

        if (!context.TryStep(out Value exceeded) || !context.TryGrow(output.WrittenCount, out exceeded))
        {
            return exceeded;
        }

        if (value.IsArray && value.Count > 0)
        {
            foreach (Value element in value.Elements)
            {
                Value failure = Element(name, element, level);
                if (failure.IsError)
                {
                    return failure;
                }
            }

            return default;
        }

        NewLine(level);
        output.Write("<"u8);
        output.Write(name.AsSpan());
        if (value.IsObject)
        {
            return Content(name, value, level);
        }

        if (value.IsNull || value.IsArray || (value.IsText && value.TextLength == 0))
        {
            output.Write("/>"u8);
            return default;
        }

        output.Write(">"u8);
        TextForm.Write(value, output);
        Close(name);
        return default;
    }

    private Value Content(Value name, Value value, int level)
    {
        Member[] members = value.SortedMembers();
        bool isEmpty = true;
        foreach (Member member in members)
        {
            if (!IsAttribute(member.Key))
            {
                isEmpty = false;
                continue;
            }

            if (member.Value.Kind is not (ValueKind.Bool or ValueKind.String or ValueKind.Bytes) && !member.Value.IsNumber)
            {
                return Value.Fail($"attribute \"{TextForm.Preview(member.Key)}\": {Mismatch.Text("string, number or bool", member.Value)}");
            }

            output.Write(" "u8);
            output.Write(member.Key.AsSpan()[1..]);
            output.Write("=\""u8);
            TextForm.Write(member.Value, output);
            output.Write("\""u8);
        }

        if (isEmpty)
        {
            output.Write("/>"u8);
            return default;
        }

        output.Write(">"u8);
        if (value.TryGetMember("#text"u8, out Value text) && !text.IsNull)
        {
            TextForm.Write(text, output);
        }

        bool hasChildren = false;
        foreach (Member member in members)
        {
            if (IsAttribute(member.Key) || IsText(member.Key))
            {
                continue;
            }

            hasChildren = true;
            Value failure = Element(member.Key, member.Value, level + 1);
            if (failure.IsError)
            {
                return failure;
            }
        }

        if (hasChildren)
        {
            NewLine(level);
        }

        Close(name);
        return default;
    }

    private void Close(Value name)
    {
        output.Write("</"u8);
        output.Write(name.AsSpan());
        output.Write(">"u8);
    }

    private void NewLine(int level)
    {
        if (indent is not { } step || output.WrittenCount == 0)
        {
            return;
        }

        output.Write("\n"u8);
        for (int i = 0; i < level; i++)
        {
            output.Write(step.Span);
        }
    }
}
