using Mapping.Extras.Fake;

namespace Mapping.Extras.Tests.Fake;

public class FakeTests
{
    public static TheoryData<string> Names => [.. FakeValues.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_gives_values_of_its_type(string name)
    {
        string type = name switch
        {
            "latitude" or "longitude" or "unix_time" => "number",
            _ => "string",
        };
        Assert.Equal($"[\"{type}\",true]", Run.Mapping($"root = [fake(\"{name}\").type(), fake(\"{name.ToUpperInvariant()}\").string().length() > 0]", "{}"));
    }

    [Fact]
    public void There_are_all_names_of_the_documentation_and_values_differ()
    {
        Assert.Equal(45, FakeValues.Names.Count());
        Assert.Equal("false", Run.Mapping("root = fake() == fake()", "{}"));
        Assert.Equal("false", Run.Mapping("root = fake(\"uuid_digit\") == fake(\"uuid_digit\")", "{}"));
    }

    [Theory]
    [InlineData("ipv4", @"^\d+\.\d+\.\d+\.\d+$")]
    [InlineData("mac_address", "^([0-9a-f]{2}:){5}[0-9a-f]{2}$")]
    [InlineData("e164_phone_number", @"^\+\d{11}$")]
    [InlineData("toll_free_phone_number", @"^\(888\) \d{3}-\d{4}$")]
    [InlineData("timestamp", @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")]
    [InlineData("day_of_month", @"^\d\d?$")]
    [InlineData("cc_number", @"^\d+$")]
    [InlineData("uuid_digit", "^[0-9a-f]{32}$")]
    [InlineData("amount_with_currency", @"^[A-Z]{3} \d+(\.\d+)?$")]
    public void Values_have_the_form_of_their_kind(string name, string pattern) =>
        Assert.Matches(pattern, Run.Mapping($"root = fake(\"{name}\")", "{}"));

    [Fact]
    public void An_unknown_name_is_an_error_when_it_runs() =>
        Assert.Equal("unknown", Run.Mapping("root = fake(\"nope\").catch(\"unknown\")", "{}"));
}
