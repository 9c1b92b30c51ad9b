using System.Buffers;
using System.Runtime.CompilerServices;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Functions;

/// <summary>
/// The state of one evaluation, owned by one worker and used again for the next message: the message and its batch, the
/// document under construction, metadata, frame slots, the arena and what is left of the limits.
/// </summary>
internal sealed partial class EvaluationContext
{
    private const int StepsBetweenClockLooks = 4096;
    private const int KeptPieces = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> scratch = new();
    private Utf8Buffer pieces = new();
    private readonly Stack<MemberScratch> memberScratches = new();
    private ulong[] marks = [];
    private long stepsLeft;
    private long deadline;

    /// <summary>It is the one that its thread keeps, and in use.</summary>
    public bool IsKeptAndTaken { get; set; }

    /// <summary>How many texts given to <c>bloblang()</c> are running around this one.</summary>
    public int NestedMappings { get; set; }

    public Arena Arena { get; } = new();

    public BuiltinServices Services { get; private set; } = new();

    public Limits Limits => Services.Limits;

    /// <summary>Variables and contexts of the running mapping or map.</summary>
    public Value[] Slots { get; set; } = [];

    public Random Random { get; } = new();

    /// <summary>For the result.</summary>
    public JsonWriter Writer { get; } = new();

    /// <summary>The current time in the clock of the environment.</summary>
    public DateTimeOffset Now => Services.Clock.GetUtcNow();

    /// <summary>Prepares for the next message; everything made for the last one is given back.</summary>
    public void Begin(BuiltinServices services, IReadOnlyList<Message> batch, int index, bool isMutation)
    {
        Arena.Reset();
        ReturnDocuments();
        Wording.Set(isOff: false);
        if (!ReferenceEquals(Services, services))
        {
            Services = services;
        }

        stepsLeft = services.Limits.MaxSteps;
        deadline = services.Limits.MaxDuration is { } bound
            ? services.Clock.GetTimestamp() + (long)(bound.TotalSeconds * services.Clock.TimestampFrequency)
            : long.MaxValue;
        BeginMessage(batch, index, isMutation);
    }

    /// <summary>Begins a mapping within a mapping: it uses up what is left to the outer one.</summary>
    public void BeginWithin(EvaluationContext outer)
    {
        Begin(outer.Services, [], 0, isMutation: false);
        stepsLeft = outer.stepsLeft;
        deadline = outer.deadline;
        NestedMappings = outer.NestedMappings + 1;
    }

    /// <summary>Takes over what a mapping within this one has used.</summary>
    public void EndWithin(EvaluationContext inner)
    {
        stepsLeft = inner.stepsLeft;
        Arena.Charge(inner.Arena.BytesUsed);
        inner.NestedMappings = 0;
    }

    /// <summary>Lets go of the message, so that a waiting context keeps nothing alive.</summary>
    public void Release()
    {
        Slots.AsSpan().Clear();
        Writer.Release();
        ReleaseMessage();
    }

    /// <summary>Empties the slots of the mapping that is about to run.</summary>
    public void PrepareSlots(int count)
    {
        if (Slots.Length < count)
        {
            Slots = new Value[count];
        }

        Slots.AsSpan(0, count).Fill(Value.Nothing);
    }

    /// <summary>Counts a step of an iteration or map entry; false, with the error to return, when a limit is exceeded.</summary>
    public bool TryStep(out Value exceeded)
    {
        if (--stepsLeft >= 0 && (stepsLeft & (StepsBetweenClockLooks - 1)) != 0)
        {
            exceeded = default;
            return true;
        }

        return TryLongLook(out exceeded);
    }

    /// <summary>As <see cref="TryStep"/>, where the error is asked for only when there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Step() => --stepsLeft >= 0 && (stepsLeft & (StepsBetweenClockLooks - 1)) != 0;

    /// <summary>What a step that was not simply counted gives: nothing, or the error to return.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Value LookAtLimits() => TryLongLook(out Value exceeded) ? Value.Nothing : exceeded;

    /// <summary>Whether a text or array of that size may be made; if not, <paramref name="exceeded"/> is the error to return.</summary>
    public bool TryGrow(long bytes, out Value exceeded)
    {
        exceeded = default;
        return Allows(bytes) || !IsTooLarge(bytes, out exceeded);
    }

    /// <summary>As <see cref="TryGrow"/>; the error is asked for with <see cref="TooLarge"/>.</summary>
    public bool Allows(long bytes)
    {
        Limits limits = Services.Limits;
        return bytes <= limits.MaxValueBytes && bytes <= Value.MaxBytes && Arena.BytesUsed + bytes <= limits.MaxTotalBytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public Value TooLarge(long bytes)
    {
        IsTooLarge(bytes, out Value exceeded);
        return exceeded;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsTooLarge(long bytes, out Value exceeded)
    {
        if (bytes > Value.MaxBytes)
        {
            // No limit could allow it: an ordinary error of the operation.
            exceeded = Value.Fail($"a value of {bytes} bytes cannot be made");
            return true;
        }

        if (bytes > Limits.MaxValueBytes)
        {
            exceeded = Exceeded($"a value of {bytes} bytes is larger than the limit of {Limits.MaxValueBytes}");
            return true;
        }

        if (Arena.BytesUsed + bytes > Limits.MaxTotalBytes)
        {
            exceeded = Exceeded($"the mapping made more than {Limits.MaxTotalBytes} bytes of values");
            return true;
        }

        exceeded = default;
        return false;
    }

    /// <summary>Whether a container is surely neither nested too deeply nor made of too much; anything else is to be checked.</summary>
    public bool IsWithinLimits(Value container)
    {
        int depth = container.DepthOfContainer;
        return (uint)(depth - 1) < (uint)Limits.MaxDepth && Arena.BytesUsed <= Limits.MaxTotalBytes;
    }

    /// <summary>The value, or the error when it is nested too deeply or took too much memory.</summary>
    public Value Checked(Value value)
    {
        return Arena.BytesUsed <= Limits.MaxTotalBytes && (!value.IsContainer || value.Depth <= Limits.MaxDepth) ? value : CheckedSlowly(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value CheckedSlowly(Value value)
    {
        if (value.IsContainer && value.Depth > Limits.MaxDepth && Depths.Measure(value, Limits.MaxDepth) > Limits.MaxDepth)
        {
            return Exceeded($"a value is nested more than {Limits.MaxDepth} levels deep");
        }

        if (Arena.BytesUsed > Limits.MaxTotalBytes)
        {
            return Exceeded($"the mapping made more than {Limits.MaxTotalBytes} bytes of values");
        }

        return value;
    }

    /// <summary>An error that no <c>catch</c> sees.</summary>
    public static Value Exceeded(string message) => Value.FromError(new EvaluationError(ErrorKind.Limit, message));

    /// <summary>A bit, not set, for each of so many things; not to be held while a query is evaluated that could ask for them too.</summary>
    public Span<ulong> Marks(int count)
    {
        int words = (count + 63) / 64;
        if (marks.Length < words)
        {
            marks = new ulong[words];
        }

        Span<ulong> cleared = marks.AsSpan(0, words);
        cleared.Clear();
        return cleared;
    }

    /// <summary>Memory for members; given back with <see cref="Return"/>.</summary>
    public MemberScratch RentMembers(int count)
    {
        if (!memberScratches.TryPop(out MemberScratch? scratch))
        {
            scratch = new MemberScratch();
        }

        scratch.EnsureCapacity(count);
        return scratch;
    }

    public void Return(MemberScratch scratch) => memberScratches.Push(scratch);

    /// <summary>An empty buffer to build one text in; not to be held while a query is evaluated.</summary>
    public ArrayBufferWriter<byte> Scratch()
    {
        scratch.ResetWrittenCount();
        return scratch;
    }

    /// <summary>As <see cref="Scratch"/>, for what is put together of many small pieces.</summary>
    public Utf8Buffer Pieces()
    {
        pieces.Clear();
        return pieces;
    }

    /// <summary>What was written to <see cref="Pieces"/>, as a string.</summary>
    /// <param name="needsNoEscape">The JSON text of the string is what was written, between quotes.</param>
    public Value FinishPieces(bool needsNoEscape)
    {
        ReadOnlySpan<byte> written = pieces.WrittenSpan;
        if (!TryGrow(written.Length, out Value exceeded))
        {
            return exceeded;
        }

        int length = written.Length;
        written.CopyTo(Arena.AllocateQuoted(length, out byte[] owner, out int offset));
        if (pieces.Array.Length > KeptPieces)
        {
            pieces = new Utf8Buffer();
        }

        return Value.FromUtf8(owner, offset, length, needsNoEscape);
    }

    /// <summary>What was written to <see cref="Scratch"/>, as a string.</summary>
    public Value FinishString() => TryGrow(scratch.WrittenCount, out Value exceeded) ? Arena.String(scratch.WrittenSpan) : exceeded;

    /// <summary>What was written to <see cref="Scratch"/>, as bytes.</summary>
    public Value FinishBytes() => TryGrow(scratch.WrittenCount, out Value exceeded) ? Arena.Bytes(scratch.WrittenSpan) : exceeded;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryLongLook(out Value exceeded)
    {
        if (stepsLeft < 0)
        {
            exceeded = Exceeded($"the mapping took more than {Limits.MaxSteps} steps");
            stepsLeft = 0;
            return false;
        }

        if (deadline != long.MaxValue && Services.Clock.GetTimestamp() > deadline)
        {
            exceeded = Exceeded($"the mapping took longer than {Limits.MaxDuration}");
            stepsLeft = StepsBetweenClockLooks;
            return false;
        }

        return TryGrow(0, out exceeded);
    }
}
