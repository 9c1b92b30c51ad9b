using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.General;

/// <summary><c>uuid_v4</c>, <c>uuid_v7</c>, <c>nanoid</c>, <c>ksuid</c>.</summary>
internal static class Identifiers
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const long KsuidEpoch = 1_400_000_000;

    private static readonly Rune[] UrlSafe = [.. "_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".EnumerateRunes()];

    public static readonly Builtin UuidV4 = BuiltinBuilder
        .Function("uuid_v4", Category.General, "Gives a random UUID.")
        .Returns("string")
        .Example("", "root = uuid_v4().length()", ("{}", "36"))
        .Example("", "root = uuid_v4() == uuid_v4()", ("{}", "false"))
        .FunctionBody(static context => context.Arena.String(Guid.NewGuid().ToString()));

    public static readonly Builtin UuidV7 = BuiltinBuilder
        .Function("uuid_v7", Category.General, "Gives a UUID that begins with a time, so that they sort by it.")
        .Returns("string")
        .Optional("time", ParameterType.Timestamp, "The time in it; the current one when not given.")
        .Example("", "root = uuid_v7(1700000000).slice(0, 15)", ("{}", "018bcfe5-6800-7"))
        .Example("", "root = uuid_v7().length()", ("{}", "36"))
        .FunctionBody(Timed);

    public static readonly Builtin Nanoid = BuiltinBuilder
        .Function("nanoid", Category.General, "Gives a short random identifier.")
        .Returns("string")
        .Optional("length", ParameterType.Int64, "How many characters; 21 when not given.")
        .Optional("alphabet", ParameterType.String, "The characters to choose from; needs a length.")
        .Prepare(Choose)
        .Example("", "root = nanoid().length()", ("{}", "21"))
        .Example("", "root = nanoid(5, \"a\")", ("{}", "aaaaa"))
        .Body<Rune[]>(Draw);

    public static readonly Builtin Ksuid = BuiltinBuilder
        .Function("ksuid", Category.General, "Gives an identifier of 27 characters that sort by time.")
        .Returns("string")
        .Example("", "root = ksuid().length()", ("{}", "27"))
        .Example("", "root = ksuid() == ksuid()", ("{}", "false"))
        .FunctionBody(static context => Sortable(context));

    private static Value Timed(EvaluationContext context, Value time)
    {
        if (!time.IsAbsent && time.AsTimestamp().Instant < NodaConstants.UnixEpoch)
        {
            return Value.Fail("a UUID cannot hold a time before 1970");
        }

        DateTimeOffset moment = time.IsAbsent ? context.Now : time.AsTimestamp().Instant.ToDateTimeOffset();
        return context.Arena.String(Guid.CreateVersion7(moment).ToString());
    }

    private static Preparation Choose(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        if (arguments[1].IsAbsent)
        {
            return Preparation.Ready(UrlSafe);
        }

        return arguments[0].IsAbsent
            ? Preparation.Refuse("field length must be specified when an alphabet is specified")
            : Preparation.Ready(arguments[1].AsHostString().EnumerateRunes().ToArray());
    }

    private static Value Draw(EvaluationContext context, Value target, Rune[] alphabet, ReadOnlySpan<Value> arguments)
    {
        long length = arguments[0].IsAbsent ? 21 : arguments[0].AsInt64();
        if (length < 0)
        {
            return Value.Fail($"the length must not be negative, got {length}");
        }

        if (alphabet.Length is 0 or > 255)
        {
            return Value.Fail("alphabet must not be empty and contain no more than 255 chars");
        }

        if (length > int.MaxValue || !context.TryGrow(length * 4, out _))
        {
            return EvaluationContext.Exceeded($"an identifier of {length} characters is too long");
        }

        var text = new StringBuilder((int)length);
        for (long i = 0; i < length; i++)
        {
            text.Append(alphabet[RandomNumberGenerator.GetInt32(alphabet.Length)].ToString());
        }

        return context.Arena.String(text.ToString());
    }

    private static Value Sortable(EvaluationContext context)
    {
        Span<byte> raw = stackalloc byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(raw, (uint)(context.Now.ToUnixTimeSeconds() - KsuidEpoch));
        RandomNumberGenerator.Fill(raw[4..]);
        var rest = new BigInteger(raw, isUnsigned: true, isBigEndian: true);
        Span<byte> text = stackalloc byte[27];
        for (int i = text.Length - 1; i >= 0; i--)
        {
            rest = BigInteger.DivRem(rest, 62, out BigInteger digit);
            text[i] = (byte)Base62[(int)digit];
        }

        return context.Arena.String(text);
    }
}
