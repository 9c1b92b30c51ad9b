using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Konscious.Security.Cryptography;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Passwords;

/// <summary>Hashes such as <c>$argon2id$v=19$m=65536,t=3,p=2$salt$key</c>; the version is not looked at.</summary>
internal sealed record Argon2Hash(bool IsHybrid, int Memory, int Passes, int Lanes, byte[] Salt, byte[] Key)
{
    /// <summary>Kibibytes times passes; about a minute of work.</summary>
    private const long MostWork = 64L * 1024 * 1024;

    private const int MostKeyBytes = 1024;

    public static Value Compare(EvaluationContext context, Value secret, Value hash)
    {
        if (secret.TextLength == 0)
        {
            return Value.False;
        }

        if (!TryParse(hash.AsHostString(), out Argon2Hash? parsed))
        {
            return Value.Fail("the hash has no form of Argon2i or Argon2id");
        }

        if (parsed.Memory * 1024L > context.Limits.MaxTotalBytes || (long)parsed.Memory * parsed.Passes > MostWork)
        {
            return EvaluationContext.Exceeded($"an Argon2 hash of {parsed.Memory} KiB and {parsed.Passes} passes takes too much memory or time");
        }

        try
        {
            using Argon2 function = parsed.IsHybrid ? new Argon2id(secret.AsSpan().ToArray()) : new Argon2i(secret.AsSpan().ToArray());
            function.Salt = parsed.Salt;
            function.MemorySize = parsed.Memory;
            function.Iterations = parsed.Passes;
            function.DegreeOfParallelism = parsed.Lanes;
            return Value.FromBool(CryptographicOperations.FixedTimeEquals(function.GetBytes(parsed.Key.Length), parsed.Key));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or AggregateException)
        {
            return Value.Fail($"the hash cannot be compared: {e.Message}");
        }
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out Argon2Hash? hash)
    {
        hash = null;
        if (text.Split('$') is not ["", "argon2i" or "argon2id", var version, var cost, var salt, var key] || !version.StartsWith("v=", StringComparison.Ordinal)
            || cost.Split(',') is not [var memory, var passes, var lanes]
            || !TryNumber(memory, "m=", out int kibibytes) || !TryNumber(passes, "t=", out int count) || !TryNumber(lanes, "p=", out int parallel)
            || parallel > byte.MaxValue
            || Decode(salt) is not { } saltBytes || Decode(key) is not { Length: > 0 and <= MostKeyBytes } keyBytes)
        {
            return false;
        }

        hash = new Argon2Hash(text.StartsWith("$argon2id", StringComparison.Ordinal), kibibytes, count, parallel, saltBytes, keyBytes);
        return true;
    }

    private static bool TryNumber(string text, string name, out int number)
    {
        number = 0;
        return text.StartsWith(name, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 0;
    }

    private static byte[]? Decode(string text)
    {
        if (text.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        var content = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), content, out int written) ? content[..written] : null;
    }
}
