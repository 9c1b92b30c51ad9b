namespace Mapping.Functions;

/// <summary>
/// What a builtin does with its target, as far as it is less than reading all of it and giving something calculated. The analysis of paths
/// relies on it; leaving it out is always right.
/// </summary>
internal enum ValueFlow
{
    /// <summary>All of the target and of the arguments may decide about the result.</summary>
    ReadsAll,

    /// <summary>Gives the raw body (<c>content</c>).</summary>
    Body,

    /// <summary>Reads the document, at a path that is prepared (<c>json</c>).</summary>
    Document,

    /// <summary>Gives what the query makes of the target (<c>map</c>).</summary>
    IntoQuery,

    /// <summary>Gives the target, or the argument where the target fails (<c>catch</c>).</summary>
    ElseWhenFailed,

    /// <summary>Gives the target, or the argument where the target is missing (<c>or</c>).</summary>
    ElseWhenMissing,

    /// <summary>Gives the target or fails, by its kind (<c>not_null</c>).</summary>
    PassesOn,

    /// <summary>Looks at the kind of the target only (<c>type</c>).</summary>
    Kind,

    /// <summary>Gives the value at a prepared path (<c>get</c>).</summary>
    AtPath,

    /// <summary>Tells whether there is a value at a prepared path (<c>exists</c>).</summary>
    HasPath,

    /// <summary>Gives one of the elements (<c>index</c>).</summary>
    OneElement,

    /// <summary>Gives the target without paths, which are the arguments (<c>without</c>).</summary>
    WithoutPaths,

    /// <summary>The query sees each element, or each pair of an object, and gives its new value (<c>map_each</c>).</summary>
    MapsElements,

    /// <summary>The query sees each key and gives its new name (<c>map_each_key</c>).</summary>
    MapsKeys,

    /// <summary>The query sees each element, or each pair of an object, and decides whether it stays (<c>filter</c>).</summary>
    SelectsElements,

    /// <summary>The query sees each element; the result holds some or all of them, in any order (<c>sort_by</c>, <c>unique</c>).</summary>
    ArrangesElements,

    /// <summary>The query sees two elements at once; the result holds all of them (<c>sort</c>).</summary>
    ComparesElements,

    /// <summary>The query sees each element and answers yes or no; that is all that is used of it (<c>any</c>, <c>find_by</c>).</summary>
    TestsElements,

    /// <summary>The query sees each element with what it gave for the one before (<c>fold</c>).</summary>
    Folds,
}
