using Mapping.Functions;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Messages;

public class SelectionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_part_travels_as_the_whole_does_and_its_failures_are_told_by_positions_in_the_whole(bool isLoose)
    {
        Message[] messages = [TestInput.Message("a"), TestInput.Message("b"), TestInput.Message("c")];
        Batch? written = null;
        var failures = new WriteFailures();
        await Selection.WriteAsync(
            (part, _) =>
            {
                written = part;
                var failed = new WriteFailures();
                failed.Note(1, "no", FailureKind.Permanent);
                throw new BatchException(failed);
            },
            isLoose ? Batch.Loose(messages) : new Batch(messages),
            [0, 2],
            failures,
            default);
        Assert.Equal([messages[0], messages[2]], written!);
        Assert.Equal((isLoose, isLoose ? 2 : 1), (written!.IsLoose, written.BatchCount));
        Assert.Equal([2], failures.Keys);
    }
}
