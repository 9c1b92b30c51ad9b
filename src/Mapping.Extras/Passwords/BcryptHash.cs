using System.Globalization;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Passwords;

/// <summary>Hashes such as <c>$2a$10$</c>, 22 characters of salt and 31 of hash.</summary>
internal static class BcryptHash
{
    private const int Length = 60;

    /// <summary>Each step doubles the time; this one takes about a minute.</summary>
    private const int MostCost = 20;

    public static Value Compare(Value secret, Value hash)
    {
        string text = hash.AsHostString();
        if (text.Length != Length || !text.StartsWith("$2", StringComparison.Ordinal) || !"abxy".Contains(text[2], StringComparison.Ordinal) || text[3] != '$' || text[6] != '$'
            || !int.TryParse(text.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int cost) || cost is < 4 or > 31
            || !text.AsSpan(7).ToString().All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/'))
        {
            return Value.Fail("the hash has no form of bcrypt");
        }

        if (cost > MostCost)
        {
            return EvaluationContext.Exceeded($"a bcrypt hash of cost {cost} would take too long, the limit is {MostCost}");
        }

        try
        {
            return Value.FromBool(BCrypt.Net.BCrypt.Verify(secret.AsHostString(), text));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or BCrypt.Net.SaltParseException or BCrypt.Net.HashInformationException)
        {
            return Value.Fail($"the hash has no form of bcrypt: {e.Message}");
        }
    }
}
