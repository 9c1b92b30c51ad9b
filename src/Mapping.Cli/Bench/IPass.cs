namespace Mapping.Cli.Bench;

/// <summary>Work over all documents, one after the other; belongs to one worker.</summary>
internal interface IPass
{
    void Run();
}
