using System.Collections.Immutable;
using System.Text;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Binding.Paths;

/// <summary>
/// What a value may be made of: parts of the input as they stand, something calculated (whatever that took is marked as read), a container
/// whose elements are known, and members that were set on top. Immutable but for the marks it puts on the input.
/// </summary>
internal sealed class Flow
{
    /// <summary>Beyond this size or depth a value is taken as read, and then it does not matter any more what it is made of.</summary>
    private const int Largest = 20_000;
    private const int Deepest = 60;

    /// <summary>Each <c>*</c> of a path has two meanings; beyond this their combinations are not followed.</summary>
    private const int MostWildcards = 4;

    private const string ValueKey = "value";

    private static readonly ImmutableSortedDictionary<string, Flow> NoMembers = ImmutableSortedDictionary.Create<string, Flow>(StringComparer.Ordinal);

    private readonly Flow? elements;
    private readonly ImmutableSortedDictionary<string, Flow> members;
    private readonly Makings makings;
    private readonly int size;
    private readonly int depth;
    private bool isRead;

    private Flow(ImmutableArray<PathNode> inputs, Makings makings, Flow? elements, ImmutableSortedDictionary<string, Flow> members, int size, int depth)
    {
        Inputs = inputs;
        this.makings = makings;
        this.elements = elements;
        this.members = members;
        this.size = size;
        this.depth = depth;
    }

    /// <summary>Something calculated.</summary>
    public static Flow Made { get; } = new([], Makings.Calculated, null, NoMembers, 1, 1);

    public static Flow Nothing { get; } = new([], Makings.Nothing, null, NoMembers, 1, 1);

    public static Flow Deleted { get; } = new([], Makings.Deleted, null, NoMembers, 1, 1);

    /// <summary>Something calculated, nothing, or deleted.</summary>
    public static Flow Anything { get; } = new([], Makings.Calculated | Makings.Absent, null, NoMembers, 1, 1);

    /// <summary>Parts of the input that it may be.</summary>
    public ImmutableArray<PathNode> Inputs { get; }

    public bool MayBeNothing => makings.HasFlag(Makings.Nothing);

    public bool MayBeDeleted => makings.HasFlag(Makings.Deleted);

    public bool MayBeAbsent => (makings & Makings.Absent) != 0;

    /// <summary>It may be a value.</summary>
    public bool MayBePresent => (makings & ~Makings.Absent) != 0 || !Inputs.IsEmpty;

    private bool IsCalculated => makings.HasFlag(Makings.Calculated);

    private bool ArePairs => makings.HasFlag(Makings.Pairs) && elements is not null;

    /// <summary>What any element of an array or value of an object may be, where some are known that stand under no key of their own.</summary>
    public Flow? Elements => ArePairs ? elements!.Or(elements.Member(ValueKey)) : elements;

    public IReadOnlyDictionary<string, Flow> Members => members;

    public static Flow Of(PathNode input) => new([input], Makings.None, null, NoMembers, 1, 1);

    /// <summary>A new container of any number of elements.</summary>
    public static Flow Collection(Flow content) => Of([], Makings.Container, content.Present(), NoMembers);

    /// <summary>A new array of elements, or object of pairs.</summary>
    public static Flow Selection(Flow entry) => Of([], Makings.Container | Makings.Pairs, entry.Present(), NoMembers);

    /// <summary>An object of two members, as queries see it.</summary>
    public static Flow Pair(PairKeys keys, Flow first, Flow second) => Container(
        [KeyValuePair.Create(keys.First.AsHostString(), first), KeyValuePair.Create(keys.Second.AsHostString(), second)]);

    /// <summary>A new container with members under known keys.</summary>
    public static Flow Container(IEnumerable<KeyValuePair<string, Flow>> members) => Of([], Makings.Container, null, NoMembers.AddRange(members));

    public static string KeyOf(PathSegment segment) => Encoding.Latin1.GetString(segment.Key.AsSpan());

    /// <summary>The value as far as it is there.</summary>
    public Flow Present() => !MayBeAbsent ? this : !MayBePresent ? Made : new Flow(Inputs, makings & ~Makings.Absent, elements, members, size, depth);

    /// <summary>This or the other.</summary>
    public Flow Or(Flow other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        ImmutableArray<PathNode> inputs = other.Inputs.All(i => Inputs.Contains(i)) ? Inputs : [.. Inputs.Union(other.Inputs)];
        bool arePairs = ArePairs || other.ArePairs;
        Flow? mineAs = ElementsAs(arePairs);
        Flow? otherAs = other.ElementsAs(arePairs);
        Flow? either = mineAs is null ? otherAs : otherAs is null ? mineAs : mineAs.Or(otherAs);
        ImmutableSortedDictionary<string, Flow> joined = members;
        foreach (string key in members.Keys.Union(other.members.Keys))
        {
            Flow mine = Member(key);
            Flow merged = mine.Or(other.Member(key));
            joined = ReferenceEquals(merged, mine) && members.ContainsKey(key) ? joined : joined.SetItem(key, merged);
        }

        return Of(inputs, makings | other.makings, either, joined);
    }

    /// <summary>What a path leads to.</summary>
    public Flow Read(FieldPath path)
    {
        if (path.Segments.ToArray().Count(s => s.IsWildcard) <= MostWildcards)
        {
            return Read(path.Segments);
        }

        ReadWhole();
        return Anything;
    }

    /// <summary>An element, if it is an array.</summary>
    public Flow Element() => Any(elements, i => Of(i.Element()), member => member);

    /// <summary>What <c>map_each</c> hands to its query: an element of an array, a pair of an object.</summary>
    public Flow Entry() => Any(ArePairs || elements is null ? elements : OrPair(elements), i => Of(i.Element()), OrPair);

    /// <summary>An element of an array, a value of an object.</summary>
    public Flow Content() => Any(
        ArePairs ? elements!.Or(elements.Member(ValueKey)) : elements,
        i => Of(i.Element()).Or(Of(i.Element().Field(ValueKey))),
        member => member);

    /// <summary>Its kind decides about something, or how many members it has.</summary>
    public void ReadShape()
    {
        foreach (PathNode input in Inputs)
        {
            input.Read(ReadMark.Shape);
        }
    }

    /// <summary>All of it decides about something.</summary>
    public void ReadWhole()
    {
        if (isRead)
        {
            return;
        }

        isRead = true;
        foreach (PathNode input in Inputs)
        {
            input.Read(ReadMark.Whole);
        }

        elements?.ReadWhole();
        foreach (Flow member in members.Values)
        {
            member.ReadWhole();
        }
    }

    /// <summary>With a value assigned at a path.</summary>
    public Flow With(ReadOnlySpan<PathSegment> path, Flow value)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        if (path.Length > Deepest)
        {
            value.ReadWhole();
            return ReadAll();
        }

        ReadShape();
        PathSegment segment = path[0];
        if (IsPlainKey(segment))
        {
            Flow changed = Member(KeyOf(segment)).Present().With(path[1..], value);
            return Set(KeyOf(segment), changed);
        }

        // An element that is appended, or one of which the position is spelt strangely.
        Flow added = (segment.IsAppend ? Made : Content()).Present().With(path[1..], value);
        return Present().Or(Collection(added));
    }

    /// <summary>With the value at a path removed.</summary>
    public Flow Without(ReadOnlySpan<PathSegment> path)
    {
        if (path.Length > Deepest)
        {
            return ReadAll();
        }

        ReadShape();
        PathSegment segment = path[0];
        if (path.Length > 1)
        {
            return IsPlainKey(segment)
                ? Set(KeyOf(segment), Member(KeyOf(segment)).Present().Without(path[1..]))
                : Present().Or(Collection(Content().Present().Without(path[1..])));
        }

        // Behind a removed element all others change their places.
        return segment.Position >= 0 ? Present().Or(Collection(Element())) : Set(KeyOf(segment), Made);
    }

    private Flow Read(ReadOnlySpan<PathSegment> path)
    {
        Flow flow = this;
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i].IsWildcard)
            {
                return flow.ReadEach(path[(i + 1)..], path[i]);
            }

            flow = IsPlainKey(path[i]) || flow.members.IsEmpty ? flow.Member(KeyOf(path[i])) : flow.Content();
        }

        return flow;
    }

    /// <summary><c>*</c>: the rest of the path in every element of an array that has it; in an object a key like any other.</summary>
    private Flow ReadEach(ReadOnlySpan<PathSegment> rest, PathSegment wildcard)
    {
        ReadShape();
        Flow member = Member(KeyOf(wildcard)).Read(rest);
        if (rest.IsEmpty)
        {
            return Present().Or(member).Or(Made);
        }

        Flow each = Element().Read(rest);
        each.ReadShape();
        return Collection(each).Or(member).Or(Made);
    }

    private Flow? ElementsAs(bool pairs) => pairs && !ArePairs && elements is not null ? OrPair(elements) : elements;

    private static Flow OrPair(Flow element) => element.Or(Pair(PairKeys.KeyAndValue, Made, element));

    /// <summary>One of all there is in a container.</summary>
    private Flow Any(Flow? element, Func<PathNode, Flow> ofInput, Func<Flow, Flow> ofMember)
    {
        IEnumerable<Flow> all = Inputs.Select(ofInput).Concat(members.Values.Select(ofMember));
        all = element is null ? all : all.Prepend(element);
        all = IsCalculated ? all.Prepend(Anything) : all.Any() ? all : [Made];
        return all.Aggregate((any, one) => any.Or(one));
    }

    private Flow Member(string key)
    {
        if (members.TryGetValue(key, out Flow? known))
        {
            return known;
        }

        Flow? found = IsCalculated ? Anything : makings != Makings.None ? Made : null;
        if (elements is not null)
        {
            found = (ArePairs && key != ValueKey ? elements.Or(elements.Member(ValueKey)) : elements).Or(found ?? Made);
        }

        foreach (PathNode input in Inputs)
        {
            Flow part = Of(input.Field(key));
            found = found is null ? part : found.Or(part);
        }

        return found!;
    }

    /// <summary>A key that is the same place however it is written; <c>01</c> is the position 1 of an array.</summary>
    private static bool IsPlainKey(PathSegment segment) =>
        !segment.IsAppend && !segment.IsWildcard && (segment.Position < 0 || KeyOf(segment) == $"{segment.Position}");

    private Flow Set(string key, Flow value)
    {
        int before = members.TryGetValue(key, out Flow? old) ? old.size : 0;
        var changed = new Flow(Inputs, (makings & ~Makings.Absent) | (MayBeAbsent ? Makings.Container : 0), elements, members.SetItem(key, value), size - before + value.size, Math.Max(depth, value.depth + 1));
        return changed.Bounded();
    }

    private static Flow Of(ImmutableArray<PathNode> inputs, Makings makings, Flow? elements, ImmutableSortedDictionary<string, Flow> members)
    {
        int size = 1 + inputs.Length + (elements?.size ?? 0) + members.Values.Sum(m => m.size);
        int depth = 1 + Math.Max(elements?.depth ?? 0, members.IsEmpty ? 0 : members.Values.Max(m => m.depth));
        return new Flow(inputs, makings, elements, members, size, depth).Bounded();
    }

    private Flow Bounded()
    {
        return size <= Largest && depth <= Deepest ? this : ReadAll();
    }

    private Flow ReadAll()
    {
        ReadWhole();
        return MayBeAbsent ? Anything : Made;
    }

    [Flags]
    private enum Makings
    {
        None = 0,

        /// <summary>A result, about which nothing is known.</summary>
        Calculated = 1,

        /// <summary>A new container that holds the elements and members known, and no others.</summary>
        Container = 2,

        /// <summary>Its elements are those of an array, or the pairs of an object.</summary>
        Pairs = 4,

        Nothing = 8,
        Deleted = 16,
        Absent = Nothing | Deleted,
    }
}
