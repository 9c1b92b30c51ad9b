namespace Mapping.Extras.Tests.Passwords;

public class PasswordTests
{
    // Hashes made by the command argon2 of its authors; memory that is no multiple of the lanes is rounded by the function.
    [Theory]
    [InlineData("$argon2i$v=19$m=64,t=1,p=2$c29tZXNhbHQ$OPGfXMmwgaLIhYisck7GurJ3unLJD9a6cEaD5+dl1LY", "there-are-many-blobs-in-the-sea")]
    [InlineData("$argon2id$v=19$m=67,t=2,p=1$c29tZXNhbHQ$M8LWq7puzo+oPAl+wXKFYYSknZcYLYWIyZrKykkpS7E", "pw")]
    [InlineData("$argon2id$v=19$m=100,t=1,p=3$c29tZXNhbHQ$9I4tBdsu/TLNiwjGYdo5cQ", "pw")]
    [InlineData("$argon2i$v=19$m=4096,t=3,p=1$c29tZXNhbHQ$0Qnq2w7zJ8I3xz12F+3WnEApJIWtZqXFbLYeggWl+J0", "pw")]
    [InlineData("$argon2i$v=16$m=4096,t=3,p=1$c29tZXNhbHQ$0Qnq2w7zJ8I3xz12F+3WnEApJIWtZqXFbLYeggWl+J0", "pw")]
    public void Argon2_hashes_of_others_are_met(string hash, string secret)
    {
        Assert.Equal("true", Run.Mapping($"root = this.compare_argon2(\"{hash}\")", $"\"{secret}\""));
        Assert.Equal("false", Run.Mapping($"root = this.compare_argon2(\"{hash}\")", $"\"{secret}!\""));
        Assert.Equal("false", Run.Mapping($"root = this.compare_argon2(\"{hash}\")", "\"\""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$argon2d$v=19$m=64,t=1,p=2$c29tZXNhbHQ$OPGfXMmwgaLIhYisck7GurJ3unLJD9a6cEaD5+dl1LY")]
    [InlineData("$argon2i$v=19$m=64,t=0,p=2$c29tZXNhbHQ$OPGfXMmwgaLIhYisck7GurJ3unLJD9a6cEaD5+dl1LY")]
    [InlineData("$argon2i$v=19$m=64,t=1,p=999$c29tZXNhbHQ$OPGfXMmwgaLIhYisck7GurJ3unLJD9a6cEaD5+dl1LY")]
    [InlineData("$argon2i$v=19$t=1,m=64,p=2$c29tZXNhbHQ$OPGfXMmwgaLIhYisck7GurJ3unLJD9a6cEaD5+dl1LY")]
    [InlineData("$argon2i$v=19$m=64,t=1,p=2$c29tZXNhbHQ=$OPGfXMmwgaLIhYisck7GurJ3unLJD9a6cEaD5+dl1LY")]
    [InlineData("$argon2i$v=19$m=64,t=1,p=2$c29tZXNhbHQ$")]
    [InlineData("$argon2i$v=19$m=64,t=1,p=2$c29tZXNhbHQ$???")]
    [InlineData("$argon2i$v=19$m=99999999999,t=1,p=2$c29tZXNhbHQ$OPGf")]
    public void Malformed_argon2_hashes_are_errors(string hash) =>
        Assert.Contains("no form of Argon2", Run.Mapping($"root = this.compare_argon2(\"{hash}\")", "\"pw\""), StringComparison.Ordinal);

    [Theory]
    [InlineData("$argon2id$v=19$m=2000000000,t=1,p=1$c29tZXNhbHQ$M8LWq7puzo+oPAl+wXKFYYSknZcYLYWIyZrKykkpS7E")]
    [InlineData("$argon2id$v=19$m=1024,t=2000000000,p=1$c29tZXNhbHQ$M8LWq7puzo+oPAl+wXKFYYSknZcYLYWIyZrKykkpS7E")]
    public void Hashes_that_would_take_all_memory_or_time_exceed_a_limit(string hash) =>
        Assert.StartsWith("Error: ", Run.Mapping($"root = this.compare_argon2(\"{hash}\").catch(false)", "\"pw\""), StringComparison.Ordinal);

    [Theory]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U", "true")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U", "true")]
    [InlineData("$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U*", "false")]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy", "", "true")]
    public void Bcrypt_hashes_of_others_are_met(string hash, string secret, string expected) =>
        Assert.Equal(expected, Run.Mapping($"root = this.compare_bcrypt(\"{hash}\")", $"\"{secret}\""));

    [Theory]
    [InlineData("")]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC")]
    [InlineData("$1a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2a$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC?E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé")]
    public void Malformed_bcrypt_hashes_are_errors(string hash) =>
        Assert.Contains("no form of bcrypt", Run.Mapping($"root = this.compare_bcrypt(\"{hash}\")", "\"pw\""), StringComparison.Ordinal);

    [Fact]
    public void A_bcrypt_hash_that_would_take_hours_exceeds_a_limit() =>
        Assert.StartsWith("Error: ", Run.Mapping("root = this.compare_bcrypt(\"$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW\").catch(false)", "\"pw\""), StringComparison.Ordinal);
}
