using Mapping.Pipeline.Graph;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Configuration;

public class GraphTests
{
    [Fact]
    public void A_graph_is_drawn_with_its_branches_and_shared_components() => Snapshot.Verify(MermaidWriter.Write(PipelineTest.Read("""
        input: { label: orders, stdin: {}, processors: [ { noop: {} } ] }
        pipeline:
          processors:
            - mapping: root = this
            - resource: enrich
            - resource: enrich
        output:
          switch:
            cases:
              - check: errored()
                output: { resource: dead }
              - output:
                  fallback:
                    - file: { path: out }
                    - resource: dead
        processor_resources: [ { label: enrich, noop: {} } ]
        output_resources: [ { label: dead, drop: {} } ]
        """)));
}
