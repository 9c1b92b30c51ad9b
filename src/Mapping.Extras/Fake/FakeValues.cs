using System.Globalization;
using Bogus.DataSets;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Fake;

/// <summary>The kinds of values of <c>fake</c>.</summary>
internal static class FakeValues
{
    public delegate Value Make(FakeSource source, EvaluationContext context);

    private static readonly string[] Centuries = ["IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"];
    private static readonly string[] CardTypes = ["VISA", "MasterCard", "American Express", "Discover", "JCB", "Diners Club"];
    private static readonly string[] TitlesMale = ["Mr.", "Dr.", "Prof.", "Lord", "King", "Prince"];
    private static readonly string[] TitlesFemale = ["Mrs.", "Ms.", "Miss", "Dr.", "Prof.", "Lady", "Queen", "Princess"];

    private static readonly Dictionary<string, Make> Kinds = new()
    {
        ["latitude"] = static (s, _) => Value.FromFloat64(Math.Round(s.Random.Double(-90, 90), 6)),
        ["longitude"] = static (s, _) => Value.FromFloat64(Math.Round(s.Random.Double(-180, 180), 6)),
        ["unix_time"] = static (s, c) => Value.FromInt64(Moment(s, c).ToUnixTimeSeconds()),
        ["date"] = Time("yyyy-MM-dd"),
        ["time_string"] = Time("HH:mm:ss"),
        ["month_name"] = Time("MMMM"),
        ["year_string"] = Time("yyyy"),
        ["day_of_week"] = Time("dddd"),
        ["day_of_month"] = Time("%d"),
        ["timestamp"] = Time("yyyy-MM-dd HH:mm:ss"),
        ["century"] = Text(static s => s.Random.ArrayElement(Centuries)),
        ["timezone"] = Text(static s => s.English.Date.TimeZoneString()),
        ["time_period"] = Text(static s => s.Random.Bool() ? "AM" : "PM"),
        ["email"] = Text(static s => s.English.Internet.Email()),
        ["mac_address"] = Text(static s => s.English.Internet.Mac()),
        ["domain_name"] = Text(static s => s.English.Internet.DomainName()),
        ["url"] = Text(static s => s.English.Internet.UrlWithPath()),
        ["username"] = Text(static s => s.English.Internet.UserName()),
        ["ipv4"] = Text(static s => s.English.Internet.Ip()),
        ["ipv6"] = Text(static s => s.English.Internet.Ipv6()),
        ["password"] = Text(static s => s.Random.AlphaNumeric(24)),
        ["jwt"] = Text(static s => $"{Part(s, 36)}.{Part(s, 64)}.{Part(s, 43)}"),
        ["word"] = Text(static s => s.English.Lorem.Word()),
        ["sentence"] = Text(static s => s.English.Lorem.Sentence()),
        ["paragraph"] = Text(static s => s.English.Lorem.Paragraph()),
        ["cc_type"] = Text(static s => s.Random.ArrayElement(CardTypes)),
        ["cc_number"] = Text(static s => s.English.Finance.CreditCardNumber().Replace("-", string.Empty, StringComparison.Ordinal)),
        ["currency"] = Text(static s => s.English.Finance.Currency().Code),
        ["amount_with_currency"] = Text(static s => string.Create(CultureInfo.InvariantCulture, $"{s.English.Finance.Currency().Code} {s.English.Finance.Amount(1, 10_000)}")),
        ["title_male"] = Text(static s => s.Random.ArrayElement(TitlesMale)),
        ["title_female"] = Text(static s => s.Random.ArrayElement(TitlesFemale)),
        ["first_name"] = Text(static s => s.English.Name.FirstName()),
        ["first_name_male"] = Text(static s => s.English.Name.FirstName(Name.Gender.Male)),
        ["first_name_female"] = Text(static s => s.English.Name.FirstName(Name.Gender.Female)),
        ["last_name"] = Text(static s => s.English.Name.LastName()),
        ["name"] = Text(static s => $"{s.English.Name.FirstName()} {s.English.Name.LastName()}"),
        ["gender"] = Text(static s => s.Random.ArrayElement(["Male", "Female", "Prefer to skip"])),
        ["chinese_first_name"] = Text(static s => s.Chinese.Name.FirstName()),
        ["chinese_last_name"] = Text(static s => s.Chinese.Name.LastName()),
        ["chinese_name"] = Text(static s => s.Chinese.Name.LastName() + s.Chinese.Name.FirstName()),
        ["phone_number"] = Text(static s => s.Random.Replace("###-###-####")),
        ["toll_free_phone_number"] = Text(static s => s.Random.Replace("(888) ###-####")),
        ["e164_phone_number"] = Text(static s => s.Random.Replace("+1##########")),
        ["uuid_hyphenated"] = Text(static s => s.Random.Uuid().ToString()),
        ["uuid_digit"] = Text(static s => s.Random.Uuid().ToString("N")),
    };

    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>How to make a value; null for an unknown name. An empty name is that of a random text.</summary>
    public static Make? Find(string name) => name.Length == 0 ? Text(static s => s.Random.AlphaNumeric(25)) : Kinds.GetValueOrDefault(name.ToLowerInvariant());

    private static Make Text(Func<FakeSource, string> make) => (source, context) => context.Arena.String(make(source));

    private static Make Time(string format) =>
        (source, context) => context.Arena.String(Moment(source, context).ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Some second between 1970 and now.</summary>
    private static DateTimeOffset Moment(FakeSource source, EvaluationContext context) =>
        DateTimeOffset.FromUnixTimeSeconds(source.Random.Long(0, Math.Max(1, context.Now.ToUnixTimeSeconds())));

    private static string Part(FakeSource source, int length) => source.Random.AlphaNumeric(length);
}
