using System.Buffers.Binary;
using System.Security.Cryptography;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary><c>ulid</c>.</summary>
internal static class SortableIds
{
    private const int RandomBits = 80;

    private static UInt128 RandomMask => (UInt128.One << RandomBits) - 1;

    public static readonly Builtin Ulid = BuiltinBuilder
        .Function("ulid", Category.General, "Gives a random identifier that begins with the time, so that they sort by it.")
        .FromConnect()
        .Returns("string")
        .Parameter("encoding", ParameterType.String, "crockford for 26 letters and digits, or hex for 32 digits.", Value.FromString("crockford"))
        .Parameter(
            "random_source",
            ParameterType.String,
            "secure_random, or fast_random, which can be guessed but grows within one millisecond too.",
            Value.FromString("secure_random"))
        .Prepare(Choose)
        .Example("", "root = ulid().length()", ("{}", "26"))
        .Example("", """root = ulid("hex", "fast_random").re_match("^[0-9a-f]{32}$")""", ("{}", "true"))
        .Body<Generator>(static (context, _, generator, _) => generator.Next(context));

    private static Preparation Choose(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        string encoding = arguments[0].AsHostString();
        string source = arguments[1].AsHostString();
        if (encoding is not ("crockford" or "hex"))
        {
            return Preparation.Refuse($"invalid ulid encoding: {encoding}");
        }

        return source is "secure_random" or "fast_random"
            ? Preparation.Ready(new Generator(encoding == "hex", source == "fast_random"))
            : Preparation.Refuse($"invalid randomness source: {source}", 1);
    }

    private sealed class Generator(bool isHex, bool isMonotonic)
    {
        private readonly Lock gate = new();
        private UInt128 last;

        private static ReadOnlySpan<byte> Digits => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8;

        public Value Next(EvaluationContext context)
        {
            UInt128 time = (UInt128)(ulong)Math.Max(0, context.Now.ToUnixTimeMilliseconds()) << RandomBits;
            Span<byte> raw = stackalloc byte[16];
            if (!isMonotonic)
            {
                RandomNumberGenerator.Fill(raw);
                return Write(context, time | (BinaryPrimitives.ReadUInt128BigEndian(raw) & RandomMask));
            }

            context.Random.NextBytes(raw);
            UInt128 fresh = time | (BinaryPrimitives.ReadUInt128BigEndian(raw) & RandomMask);
            lock (gate)
            {
                last = last >> RandomBits == time >> RandomBits ? last + 1 : fresh;
                return Write(context, last);
            }
        }

        private Value Write(EvaluationContext context, UInt128 id)
        {
            Span<byte> text = stackalloc byte[32];
            if (isHex)
            {
                Span<byte> raw = stackalloc byte[16];
                BinaryPrimitives.WriteUInt128BigEndian(raw, id);
                Convert.TryToHexStringLower(raw, text, out _);
                return context.Arena.String(text);
            }

            text = text[..26];
            for (int i = text.Length - 1; i >= 0; i--)
            {
                text[i] = Digits[(int)(id & 31)];
                id >>= 5;
            }

            return context.Arena.String(text);
        }
    }
}
