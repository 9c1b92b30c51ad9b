namespace Mapping.Pipeline.Components.Caches;

/// <summary>A configuration that shows a cache at work: codes of countries, each noted once.</summary>
internal static class CacheExamples
{
    public static string Noting(string cache) => $$"""
        input:
          generate:
            count: 2
            interval: ""
            mapping: 'root.code = if counter() == 1 { "de" } else { "fr" }'
        pipeline:
          processors:
            - cache:
                resource: countries
                operator: add
                key: seen_${! this.code }
                value: ${! this.code }
        output:
          drop: {}
        cache_resources:
          - label: countries
            {{cache}}
        """;
}
