namespace Mapping.Pipeline.Contracts;

/// <summary>What names a shared component: labels are apart by kind.</summary>
internal sealed record ResourceName(ComponentKind Kind, string Label);
