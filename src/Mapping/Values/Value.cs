using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>
/// Any value of the language in 16 bytes: an object reference (a kind singleton for scalars, the owner of the bytes, a
/// node, a document, a boxed timestamp or an error) and 64 bits (a number, or kind, a flag, offset and length). The
/// default is null.
/// </summary>
internal readonly partial struct Value
{
    private const int KindShift = 61;

    /// <summary>
    /// Strings only: the owner has a quote before and one after the bytes, and what is between them needs no escape, so
    /// that all of it is the string's JSON text.
    /// </summary>
    private const ulong QuotedFlag = 1UL << 60;

    /// <summary>The <see cref="StoredForm"/> of a quoted string.</summary>
    public const int QuotedForm = 1;

    private const int OffsetShift = 30;
    private const ulong LengthMask = (1UL << OffsetShift) - 1;

    /// <summary>The longest text and the largest buffer that offsets can address.</summary>
    public const int MaxBytes = (1 << OffsetShift) - 1;

    private readonly object? reference;
    private readonly ulong bits;

    private Value(object? reference, ulong bits)
    {
        this.reference = reference;
        this.bits = bits;
    }

    /// <summary>
    /// Reads a value that has just been written to memory. It was written as two halves; reading it as one, as a copy does, would
    /// have to wait for them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Load(ref readonly Value place) => new(place.reference, place.bits);

    public static Value Null => default;

    public static Value True => new(ScalarTag.Bool, 1);

    public static Value False => new(ScalarTag.Bool, 0);

    public static Value Nothing => new(ScalarTag.Nothing, 0);

    public static Value Deleted => new(ScalarTag.Deleted, 0);

    /// <summary>What a builtin receives for an optional argument that was not given.</summary>
    public static Value Absent => Nothing;

    public ValueKind Kind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (reference is null)
            {
                return ValueKind.Null;
            }

            return reference.GetType() == typeof(ScalarTag)
                ? Unsafe.As<ScalarTag>(reference).Kind
                : (ValueKind)(bits >> KindShift);
        }
    }

    public bool IsNull => reference is null;

    public bool IsInt64 => ReferenceEquals(reference, ScalarTag.Int64);

    public bool IsFloat64 => ReferenceEquals(reference, ScalarTag.Float64);

    public bool IsBool => ReferenceEquals(reference, ScalarTag.Bool);

    public bool IsTrue => ReferenceEquals(reference, ScalarTag.Bool) && bits != 0;

    public bool IsNothing => ReferenceEquals(reference, ScalarTag.Nothing);

    public bool IsDeleted => ReferenceEquals(reference, ScalarTag.Deleted);

    public bool IsAbsent => IsNothing;

    public bool IsError
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => reference is not null && reference.GetType() == typeof(EvaluationError);
    }

    public bool IsSentinel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsNothing || IsDeleted;
    }

    // These tests are whole expressions: of a test within a test the compiler would make a value first, to be tested again. A scalar's tag is
    // what tells it from others, whose upper bits are a kind.
    public bool IsString
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => bits >> KindShift == (ulong)ValueKind.String && reference is not null && reference.GetType() == typeof(byte[]);
    }

    /// <summary>As <see cref="IsString"/>, of a value that <see cref="OwnsBytes"/>.</summary>
    public bool IsOwnedString => bits >> KindShift == (ulong)ValueKind.String;

    /// <summary>String or bytes.</summary>
    public bool IsText
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => bits >> KindShift <= (ulong)ValueKind.Bytes && reference is not null && reference.GetType() == typeof(byte[]);
    }

    /// <summary>As <see cref="IsText"/>, of a value that <see cref="OwnsBytes"/>.</summary>
    public bool IsOwnedText => bits >> KindShift <= (ulong)ValueKind.Bytes;

    /// <summary>A string whose JSON text, quotes included, stands in its owner: see <see cref="AsQuotedSpan"/>.</summary>
    public bool IsQuoted
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (bits & QuotedFlag) != 0 && reference is not null && reference.GetType() == typeof(byte[]);
    }

    /// <summary>As <see cref="IsQuoted"/>, of a text.</summary>
    public bool IsQuotedText => (bits & QuotedFlag) != 0;

    /// <summary>Of a value that <see cref="OwnsBytes"/>: 0 for a string, <see cref="QuotedForm"/> for a quoted one, above for others.</summary>
    public int StoredForm => (int)(bits >> (KindShift - 1));

    public bool IsLexical
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => bits >> KindShift == (ulong)ValueKind.Lexical && reference is not null && reference.GetType() == typeof(byte[]);
    }

    public bool IsArray
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => bits >> KindShift == (ulong)ValueKind.Array && reference is not null && reference.GetType() != typeof(ScalarTag);
    }

    public bool IsObject
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => bits >> KindShift == (ulong)ValueKind.Object && reference is not null && reference.GetType() != typeof(ScalarTag);
    }

    /// <summary>Text or a number as it is usual in documents: no sentinel, no error, no container. Not all such values are found.</summary>
    public bool IsPlain
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => OwnsBytes || IsBool || IsInt64 || IsFloat64;
    }

    public bool IsContainer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => bits >> (KindShift + 1) == (ulong)ValueKind.Array >> 1 && reference is not null && reference.GetType() != typeof(ScalarTag);
    }

    /// <summary>Number of any representation; a lexical number too large for a float counts as text (see <see cref="Normalized"/>).</summary>
    public bool IsNumber => Kind is ValueKind.Int64 or ValueKind.Float64 or ValueKind.UInt64 or ValueKind.Lexical;

    public static Value FromBool(bool value) => new(ScalarTag.Bool, value ? 1UL : 0UL);

    public static Value FromInt64(long value) => new(ScalarTag.Int64, (ulong)value);

    public static Value FromUInt64(ulong value) => new(ScalarTag.UInt64, value);

    public static Value FromFloat64(double value) => new(ScalarTag.Float64, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A string over bytes that nobody changes any more.</summary>
    public static Value FromUtf8(byte[] owner, int offset, int length) => new(owner, Pack(ValueKind.String, offset, length));

    public static Value FromUtf8(byte[] owner) => FromUtf8(owner, 0, owner.Length);

    /// <summary>As <see cref="FromUtf8(byte[], int, int)"/>, where the bytes stand as they are between the quotes of a JSON text.</summary>
    public static Value FromQuoted(byte[] owner, int offset, int length) => new(owner, Pack(ValueKind.String, offset, length) | QuotedFlag);

    /// <summary>A string for many writings: where its content needs no escape, its JSON text is kept with it.</summary>
    public static Value FromKey(ReadOnlySpan<byte> content)
    {
        if (!JsonText.IsPlain(content))
        {
            return FromUtf8(content.ToArray());
        }

        // Room behind it lets a writer copy it as a vector.
        byte[] quoted = new byte[content.Length + 2 + Vector256<byte>.Count];
        content.CopyTo(quoted.AsSpan(1));
        quoted[0] = quoted[content.Length + 1] = (byte)'"';
        return FromQuoted(quoted, 1, content.Length);
    }

    /// <summary>A string over part of an array, with quotes around it or not.</summary>
    public static Value FromUtf8(byte[] owner, int offset, int length, bool isQuoted) =>
        new(owner, Pack(ValueKind.String, offset, length) | (isQuoted ? QuotedFlag : 0));

    /// <summary>Bytes over an array that nobody changes any more.</summary>
    public static Value FromBytes(byte[] owner, int offset, int length) => new(owner, Pack(ValueKind.Bytes, offset, length));

    public static Value FromBytes(byte[] owner) => FromBytes(owner, 0, owner.Length);

    /// <summary>A number by its JSON spelling.</summary>
    public static Value FromLexical(byte[] owner, int offset, int length) => new(owner, Pack(ValueKind.Lexical, offset, length));

    /// <summary>Encodes a text of the host; for literals, messages and slow paths.</summary>
    public static Value FromString(string text) => FromUtf8(Encoding.UTF8.GetBytes(text));

    public static Value FromTimestamp(Timestamp timestamp) => new(timestamp, Pack(ValueKind.Timestamp));

    public static Value FromArray(ArrayNode node) => new(node, Pack(ValueKind.Array));

    public static Value FromObject(ObjectNode node) => new(node, Pack(ValueKind.Object));

    public static Value FromError(EvaluationError error) => new(error, Pack(ValueKind.Error));

    /// <summary>Any failure, where nobody will read why.</summary>
    public static Value Unworded { get; } = FromError(EvaluationError.Unworded);

    public static Value Fail(string message) => Wording.IsOff ? Unworded : FromError(new EvaluationError(ErrorKind.Failure, message));

    public static Value Fail(ref FailureText message) => Wording.IsOff ? Unworded : FromError(new EvaluationError(ErrorKind.Failure, message.ToText()));

    /// <summary>Wraps an unevaluated argument for the builtin that asked for one.</summary>
    public static Value FromQuery(object query) => new(query, Pack(ValueKind.Query));

    /// <summary>The value at a position of a parsed document; nothing is copied.</summary>
    public static Value FromDocument(Document document, int index)
    {
        ref readonly TapeEntry entry = ref document.EntryAt(index);
        uint meta = entry.Meta;
        if ((meta & (TapeEntry.KindMask | TapeEntry.Special | TapeEntry.Unclean)) == (uint)JsonKind.String)
        {
            return FromQuoted(document.Buffer, entry.Offset + 1, entry.Length - 2);
        }

        if ((meta & TapeEntry.KindMask) == (uint)JsonKind.Number)
        {
            return document.ReadsFloats ? FloatOf(document, entry) : FromLexical(document.Buffer, entry.Offset, entry.Length);
        }

        if ((meta & TapeEntry.KindMask) >= (uint)JsonKind.Array)
        {
            return new Value(document, Pack(((meta & 1) != 0) ? ValueKind.Object : ValueKind.Array) | (uint)index);
        }

        return OfRareKind(document, index);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value FloatOf(Document document, in TapeEntry entry)
    {
        if (NumberText.TryFewDigits(document.Buffer, entry.Offset, entry.Length, out long integer))
        {
            return FromFloat64(integer);
        }

        bool isNumber = NumberText.TryDouble(document.TextAt(entry.Offset, entry.Length), out double number);
        Debug.Assert(isNumber, "numbers out of range were refused");
        return FromFloat64(number);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value OfRareKind(Document document, int index)
    {
        switch (document.KindAt(index))
        {
            case JsonKind.Null:
                return Null;
            case JsonKind.False:
                return False;
            case JsonKind.True:
                return True;
            default:
                document.StringAt(index, out byte[] owner, out int offset, out int length);
                return FromUtf8(owner, offset, length);
        }
    }

    public bool AsBool() => bits != 0;

    public long AsInt64() => (long)bits;

    public ulong AsUInt64() => bits;

    public double AsFloat64() => BitConverter.UInt64BitsToDouble(bits);

    /// <summary>The bytes of a string, of bytes or of a lexical number.</summary>
    public ReadOnlySpan<byte> AsSpan()
    {
        Debug.Assert(reference is byte[], "only text has bytes");
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Unsafe.As<byte[]>(reference)!), TextOffset), TextLength);
    }

    /// <summary>
    /// Of a text or lexical number: where its JSON text stands in its owner; false where it has to be made. That of a string counts
    /// only where <paramref name="withStrings"/> says so.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsWritten(bool withStrings, out int offset, out int length)
    {
        Debug.Assert(OwnsBytes, "only text and lexical numbers have bytes");
        ulong form = bits >> (KindShift - 1);
        int quote = (int)form & 1;
        offset = TextOffset - quote;
        length = TextLength + (2 * quote);
        return form == (ulong)ValueKind.Lexical << 1 || (quote != 0 && withStrings);
    }

    /// <summary>The bytes of a quoted string with their quotes.</summary>
    public ReadOnlySpan<byte> AsQuotedSpan()
    {
        Debug.Assert(IsQuoted, "the quotes are in the owner");
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Unsafe.As<byte[]>(reference)!), TextOffset - 1), TextLength + 2);
    }

    public ReadOnlyMemory<byte> AsMemory() => new((byte[])reference!, TextOffset, TextLength);

    /// <summary>A part of a text of the same kind, without copying.</summary>
    public Value Slice(int start, int length)
    {
        Debug.Assert(start >= 0 && length >= 0 && start + length <= TextLength, "slice within the text");
        return length == TextLength ? this : new Value(reference, Pack((ValueKind)(bits >> KindShift), TextOffset + start, length));
    }

    /// <summary>A part of a text between two positions; negative ones, both of them, stand for an empty part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value SliceOrEmpty(int start, int end)
    {
        Debug.Assert(start <= end && end <= TextLength, "slice within the text");
        ulong origin = bits & ~(QuotedFlag | LengthMask);
        return new Value(reference, origin + ((ulong)(uint)Math.Max(0, start) << OffsetShift) + (uint)(end - start));
    }

    /// <summary>The same text, of the same kind, over a copy of its bytes.</summary>
    public Value Over(byte[] owner, int offset) => new(owner, Pack((ValueKind)(bits >> KindShift), offset, TextLength));

    /// <summary>A copy of the text in an arena.</summary>
    public Value CopyTo(Arena arena)
    {
        AsSpan().CopyTo(arena.Allocate(TextLength, out byte[] owner, out int offset));
        return Over(owner, offset);
    }

    /// <summary>The same bytes as a string.</summary>
    public Value ToStringKind() => IsString ? this : new(reference, Pack(ValueKind.String, TextOffset, TextLength));

    /// <summary>The same bytes as bytes.</summary>
    public Value ToBytesKind() => new(reference, Pack(ValueKind.Bytes, TextOffset, TextLength));

    public int TextLength => (int)(bits & LengthMask);

    public Timestamp AsTimestamp() => (Timestamp)reference!;

    public EvaluationError AsError() => (EvaluationError)reference!;

    /// <summary>The constructed array, or null when the array is part of a document.</summary>
    public ArrayNode? ArrayNode => reference as ArrayNode;

    /// <summary>The constructed object, or null when the object is part of a document.</summary>
    public ObjectNode? ObjectNode => reference as ObjectNode;

    public Document? Document => reference as Document;

    /// <summary>The tape position of a container of a document.</summary>
    public int DocumentIndex => (int)(uint)bits;

    public T AsQuery<T>()
        where T : class => (T)reference!;

    /// <summary>A text decoded for the host; invalid bytes become U+FFFD.</summary>
    public string AsHostString() => Encoding.UTF8.GetString(AsSpan());

    /// <summary>For debuggers and messages: the text form, shortened.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Error => AsError().Message,
        ValueKind.Query => "query",
        _ => TextForm.Preview(this),
    };

    internal int TextOffset => (int)((bits >> OffsetShift) & LengthMask);

    internal byte[] TextOwner => Unsafe.As<byte[]>(reference)!;

    /// <summary>Asked for by exact type: a cast to an array type is a call.</summary>
    public bool OwnsBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => reference is not null && reference.GetType() == typeof(byte[]);
    }

    /// <summary>Both are the same bytes of the same owner, not only equal ones.</summary>
    internal static bool AreSame(Value left, Value right) => ReferenceEquals(left.reference, right.reference) && left.bits == right.bits;

    private static ulong Pack(ValueKind kind) => (ulong)kind << KindShift;

    private static ulong Pack(ValueKind kind, int offset, int length)
    {
        Debug.Assert((uint)offset <= MaxBytes && (uint)length <= MaxBytes, "offsets fit into 30 bits");
        return ((ulong)kind << KindShift) | ((ulong)(uint)offset << OffsetShift) | (uint)length;
    }

    /// <summary>Marks scalars, whose 64 bits hold no kind.</summary>
    private sealed class ScalarTag(ValueKind kind)
    {
        public static readonly ScalarTag Bool = new(ValueKind.Bool);
        public static readonly ScalarTag Int64 = new(ValueKind.Int64);
        public static readonly ScalarTag UInt64 = new(ValueKind.UInt64);
        public static readonly ScalarTag Float64 = new(ValueKind.Float64);
        public static readonly ScalarTag Nothing = new(ValueKind.Nothing);
        public static readonly ScalarTag Deleted = new(ValueKind.Deleted);

        public ValueKind Kind { get; } = kind;
    }
}
