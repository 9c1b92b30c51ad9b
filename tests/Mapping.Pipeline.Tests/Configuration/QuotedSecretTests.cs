namespace Mapping.Pipeline.Tests.Configuration;

/// <summary>Lines that are quoted under a finding show no secrets, and keep their columns.</summary>
public class QuotedSecretTests
{
    private static string? Read(string name) => name == "PASSWORD" ? "hunter2" : null;

    [Theory]
    [InlineData(
        "output: { http_client: { url: 'http://x', basic_auth: { enabled: true, password: hunter2, usrname: é } } }",
        "pipeline.yaml:1:91: error P502: unknown field \"usrname\"",
        "  1 | output: { http_client: { url: 'http://x', basic_auth: { enabled: true, password: *******, usrname: é } } }",
        "    |                                                                                           ^^^^^^^ did you mean \"username\"?")]
    [InlineData(
        "output: { http_client: { url: 'http://x', basic_auth: { enabled: true, pasword: \"hünter 2\", username: a } } }",
        "pipeline.yaml:1:72: error P502: unknown field \"pasword\"",
        "  1 | output: { http_client: { url: 'http://x', basic_auth: { enabled: true, pasword: **********, username: a } } }",
        "    |                                                                        ^^^^^^^ did you mean \"password\"?")]
    [InlineData(
        "metrics: { prometheus: { push_basic_auth: { password: ab🗝️cd, usr: a } } }",
        "pipeline.yaml:1:63: error P502: unknown field \"usr\"",
        "  1 | metrics: { prometheus: { push_basic_auth: { password: ******, usr: a } } }",
        "    |                                                               ^^^ there is password and username")]
    public void A_secret_in_the_line_of_a_mistake_is_masked(string yaml, params string[] told) =>
        Assert.Equal(string.Join('\n', told), PipelineTest.Lint(yaml));

    [Theory]
    [InlineData("output: { http_client: { url: 'http://x', basic_auth: { password: hunter2 } }, drop: {} }")]
    [InlineData("output: { htp_client: { url: 'http://x', basic_auth: { password: hunter2 } } }")]
    [InlineData("output: { http_client: { url: 'http://x', basic_auth: { password: 'hunter2', } }")]
    [InlineData("http:\n  basic_auth: { password_hash: *hunter2 }")]
    [InlineData("http:\n  basic_auth:\n    password_hash: @hunter2, and the rest # a comment")]
    [InlineData("http:\n  basic_auth:\n    \"password_hash\":\"hunter2\n")]
    [InlineData("output: { http_client: { url: 'http://x', tls: { password: [ hunter2 ], passwort: { a: hunter2 } } } }")]
    [InlineData("output: { http_client: { url: 'http://x', basic_auth: { password: 'hunter2${NOT_SET}' } } }")]
    [InlineData("output: { http_client: { url: '${NOT_SET}', basic_auth: { password: '${NOT_SET:hunter2}' } } }")]
    [InlineData("output: { http_client: { url: 'http://x', basic_auth: { password: &a hunter2, x: *a } } }")]
    [InlineData("output: { http_client: { url: 'http://x', headers: { Authorization: 'Bearer hunter2' }, x: 1 } }")]
    [InlineData("output: { http_client: { url: 'http://user:hunter2@x', x: 1 } }")]
    [InlineData("output: { http_client: { url: 'http://user:pass/hunter2@x', x: 1 } }")]
    [InlineData("output: { http_clint: { url: 'http://x', tls: { cert_file: a, key: hunter2 } } }")]
    [InlineData("output: { http_clint: { url: 'http://x', a: '-----BEGIN PRIVATE KEY----- hunter2' } }")]
    [InlineData("output:\n  http_client: { tls: { key: hunter2 }")]
    [InlineData("output: { http_client: { headers: { Authorization: Bearer, X-Token: 'Bearer hunter2' } }")]
    [InlineData("output: { http_client: { url: http://user:hunter2@x }")]
    [InlineData("http:\n  basic_auth:\n    password_hash: |\n      one\n     hunter2\n")]
    [InlineData("http:\n  basic_auth:\n    password_hash: 'one\n      hunter2' three\n")]
    [InlineData("http:\n  basic_auth:\n    password_hash:\n      hunter2: }\n")]
    [InlineData("a: |\n   -----BEGIN PRIVATE KEY-----\n  hunter2\n")]
    public void A_secret_is_masked_wherever_it_is_understood_to_be_one(string yaml)
    {
        string told = PipelineTest.Lint(yaml);
        Assert.Contains(" error P5", told);
        Assert.DoesNotContain("hunter2", told);
        Assert.DoesNotContain("hunter2", PipelineTest.Lint(PipelineTest.Configured(yaml, Read) with { SubstitutesRaw = true }));
    }

    [Fact]
    public void A_variable_is_shown_by_its_name_and_its_value_never()
    {
        Graph.Configuration configured = PipelineTest.Configured("output: { http_client: { url: 'http://x', basic_auth: { password: '${PASSWORD}', x: '${NOT_SET}' } } }", Read);
        string told = PipelineTest.Lint(configured);
        Assert.Contains("password: '${PASSWORD}', x: ", told);
        Assert.DoesNotContain("hunter2", told);
        string raw = PipelineTest.Lint(configured with { SubstitutesRaw = true });
        Assert.Contains("password: *********, x: ", raw);
        Assert.Contains("password: '${PASSWORD}', x: ", raw);
        Assert.DoesNotContain("hunter2", raw);
    }

    [Fact]
    public void What_is_no_secret_is_shown()
    {
        Assert.Contains("http://${PASSWORD}@x', key: open,", PipelineTest.Lint(PipelineTest.Configured("output: { htp_client: { url: 'http://${PASSWORD}@x', key: open, headers: { Content-Type: text/plain } } }", Read)));
        Assert.Contains("Content-Type: text/plain }", PipelineTest.Lint("output: { htp_client: { headers: { Content-Type: text/plain } } }"));
        Assert.Contains("hunter2: }", PipelineTest.Lint("http:\n  basic_auth:\n    password_hash: |\n      one\n  hunter2: }\n"));
    }

    [Theory]
    [InlineData("output.http_client.basic_auth.password.a=hunter2")]
    [InlineData("http.basic_auth.password_hash=[hunter2]")]
    [InlineData("input.0.password=hunter2")]
    [InlineData("output.http_client.basic_auth={ password: hunter2, a: b }")]
    public void A_secret_of_the_command_line_is_masked(string change)
    {
        string told = PipelineTest.Lint(PipelineTest.Configured("output: { http_client: { url: 'http://x', basic_auth: { password: a } } }\ninput: { stdin: {} }\n") with { Overrides = [change] });
        Assert.DoesNotContain("hunter2", told.Replace("--set " + change.Split('=')[0], string.Empty, StringComparison.Ordinal));
        Assert.Contains(" error P5", told);
    }

    [Fact]
    public async Task A_component_that_cannot_start_shows_none_either()
    {
        var error = await Assert.ThrowsAsync<Mapping.Pipeline.Running.ComponentStartException>(() => PipelineTest.RunAsync("output: { http_client: { url: 'http://x', basic_auth: { enabled: true, username: a, password: hunter2 }, tls: { enabled: true, root_cas_file: /nowhere/at-all } } }"));
        Assert.Contains("password: *******, ", error.Diagnostic.ToString().Replace(" }", ", ", StringComparison.Ordinal));
    }
}
