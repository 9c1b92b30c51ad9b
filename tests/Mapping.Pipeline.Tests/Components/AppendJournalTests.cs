using Mapping.Pipeline.Components.Outputs;

namespace Mapping.Pipeline.Tests.Components;

/// <summary>What a crash in the middle of a write leaves behind.</summary>
public sealed class AppendJournalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "one\ntw", "one\n")]
    [InlineData("not ours", "", "not ours")]
    [InlineData("not ours", "torn", "not ours")]
    [InlineData("before\n", "one\ntwo\n", "before\none\ntwo\n")]
    public void Only_the_part_of_a_message_is_cut_off_and_only_of_ours(string before, string ours, string left)
    {
        string path = folder.PathOf("out.txt");
        File.WriteAllText(path, before);
        Begin(path);
        File.AppendAllText(path, ours);
        Begin(path);
        Assert.Equal(left, File.ReadAllText(path));
    }

    [Fact]
    public void After_an_end_in_order_nothing_is_ours()
    {
        string path = folder.PathOf("out.txt");
        Begin(path);
        new AppendJournal(path).End();
        File.AppendAllText(path, "of somebody else");
        Begin(path);
        Assert.Equal("of somebody else", File.ReadAllText(path));
    }

    private static void Begin(string path)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        new AppendJournal(path).Begin(file, "\n"u8.ToArray());
    }
}
