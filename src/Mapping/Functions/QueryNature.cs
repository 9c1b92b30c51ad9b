namespace Mapping.Functions;

/// <summary>What can be said of a query without evaluating it.</summary>
/// <param name="IsQuiet">It has no effects: in which order elements are put to it shows only in which error comes first.</param>
/// <param name="IsFunction">It is quiet, and its result depends on what it is given and on nothing else.</param>
internal readonly record struct QueryNature(bool IsQuiet, bool IsFunction);
