using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Graph;

/// <summary>
/// A processor <c>partition</c> at the head of the pipeline is <c>pipeline.partition_by</c>:
/// <c>pipeline: { processors: [ { partition: this.customer_id } ] }</c>.
/// </summary>
internal static class PartitionStep
{
    public const string Name = "partition";

    public static void MakePartitionBy(MapNode root)
    {
        if (root["pipeline"] is MapNode pipeline
            && pipeline.Find("partition_by") is null
            && pipeline["processors"] is ListNode { Items: [MapNode first, ..] } processors
            && first.Find(Name) is { Value: ScalarNode key })
        {
            processors.Items.RemoveAt(0);
            pipeline.Set("partition_by", key);
        }
    }
}
