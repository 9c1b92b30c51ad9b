using System.Runtime.InteropServices;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// A deterministic automaton that is made while it runs, within bounded memory: when it is full it is forgotten and made
/// anew. Forward it finds where the leftmost match ends, backward where that match begins. Whether a place is a match is
/// known one character later, when assertions can be decided. Belongs to one thread at a time.
/// </summary>
internal sealed class LazyAutomaton
{
    private const int Dead = 0;
    private const int Unknown = -1;
    private const int MaxTable = 64 * 1024;
    private const int MaxMembers = 64 * 1024;

    // Marks on the number of a state: a match ended before the character that led here; nothing has begun here yet.
    private const int MatchedMark = 1 << 30;
    private const int IdleMark = 1 << 29;
    private const int Marks = MatchedMark | IdleMark;

    private readonly PatternProgram program;
    private readonly Alphabet alphabet;
    private readonly PatternOpening? opening;
    private readonly bool isBackward;
    private readonly ThreadList current;
    private readonly ThreadList following;
    private readonly int[] idleMembers;
    private readonly Dictionary<StateKey, int> known = [];
    private readonly List<StateKey> states = [];
    private readonly int[] starts = new int[Neighbours.Kinds * 2];
    private readonly int stride;

    // The states that each state leads to by class; a state is the number of its row's first cell.
    private int[] table = [];
    private int memberCount;

    public LazyAutomaton(PatternProgram program, Alphabet alphabet, PatternOpening? opening, bool isBackward)
    {
        this.program = program;
        this.alphabet = alphabet;
        this.opening = opening;
        this.isBackward = isBackward;
        stride = alphabet.Count;
        current = new ThreadList(program);
        following = new ThreadList(program);
        following.Clear();
        following.Add(program.SearchStart, Assertions.None, keepsWaiting: true);
        idleMembers = following.Items.ToArray();
        Forget();
    }

    /// <summary>How often a character led to a state that was not made yet: what the work beyond one step a character is.</summary>
    public long StatesMade { get; private set; }

    /// <summary>
    /// Where the match ends that begins leftmost, or exactly at <paramref name="at"/>; any end of a match if only
    /// <paramref name="whether"/> there is one is asked; -1 if none.
    /// </summary>
    public int FindEnd(ReadOnlySpan<byte> text, int at, bool isAnchored, bool whether)
    {
        ReadOnlySpan<byte> ascii = alphabet.AsciiClasses;
        int found = -1;
        int state = StartAt(text, ref at, isAnchored);
        int[] rows = table;
        while ((uint)at < (uint)text.Length)
        {
            int width = 1;
            int b = text[at];
            int taken = b < 0x80 ? ascii[b] : alphabet.ClassAt(text, at, out width);
            int next = rows[state + taken];
            if ((uint)(next - 1) < IdleMark - 1)
            {
                state = next;
                at += width;
                continue;
            }

            if (next == Unknown)
            {
                next = Make(state, taken);
                rows = table;
            }

            if (next == Dead)
            {
                return found;
            }

            if ((next & MatchedMark) != 0)
            {
                found = at;
                if (whether)
                {
                    return found;
                }
            }

            state = next & ~Marks;
            at += width;
            if ((next & IdleMark) != 0)
            {
                state = StartAt(text, ref at, isAnchored: false);
                rows = table;
            }
        }

        int last = rows[state + alphabet.End];
        last = last == Unknown ? Make(state, alphabet.End) : last;
        return (last & MatchedMark) != 0 && last != Unknown ? text.Length : found;
    }

    /// <summary>The leftmost beginning, not before <paramref name="first"/>, of a match that ends at <paramref name="end"/>.</summary>
    public int FindStart(ReadOnlySpan<byte> text, int first, int end)
    {
        int found = end;
        int at = end;
        int state = StartState(alphabet.After(text, end), isAnchored: true);
        while (true)
        {
            int width = 0;
            int taken = at > 0 ? alphabet.ClassBefore(text, at, out width) : alphabet.End;
            int next = table[state + taken];
            next = next == Unknown ? Make(state, taken) : next;
            if (next == Dead)
            {
                return found;
            }

            found = (next & MatchedMark) != 0 ? at : found;
            if (at <= first)
            {
                return found;
            }

            state = next & ~Marks;
            at -= width;
        }
    }

    /// <summary>The state to begin with; a search goes on to where a match can begin.</summary>
    private int StartAt(ReadOnlySpan<byte> text, ref int at, bool isAnchored)
    {
        if (!isAnchored && opening is not null)
        {
            int skipped = opening.IndexIn(text[at..]);
            at = skipped < 0 ? text.Length : at + skipped;
        }

        return StartState(alphabet.Before(text, at), isAnchored);
    }

    private int StartState(Neighbour behind, bool isAnchored)
    {
        int index = ((int)behind * 2) + (isAnchored ? 1 : 0);
        if (starts[index] == Unknown)
        {
            following.Clear();
            following.Add(isAnchored ? program.Start : program.SearchStart, Assertions.None, keepsWaiting: true);
            int state = Find(new StateKey(following.Items.ToArray(), behind, IsMatched: false)) & ~Marks;
            starts[index] = state;
        }

        return starts[index];
    }

    /// <summary>Makes the state that follows on a character.</summary>
    private int Make(int from, int taken)
    {
        StatesMade++;
        StateKey state = states[from / stride];
        Neighbour ahead = alphabet.NeighbourOf(taken);
        current.Clear();
        Assertions holding = isBackward ? Neighbours.Between(ahead, state.Behind) : Neighbours.Between(state.Behind, ahead);
        foreach (int member in state.Members)
        {
            current.Add(member, holding, keepsWaiting: false);
        }

        following.Clear();
        bool isMatched = false;
        foreach (int place in current.Items)
        {
            ref readonly Instruction instruction = ref program.Instructions[place];
            if (instruction.Operation == Operation.Match)
            {
                isMatched = true;
                if (!isBackward)
                {
                    // Whatever comes later is less preferred.
                    break;
                }
            }
            else if (taken != alphabet.End && program.Takes(instruction, taken))
            {
                following.Add(instruction.Next, Assertions.None, keepsWaiting: true);
            }
        }

        int sizeBefore = states.Count;
        int next = Find(new StateKey(following.Items.ToArray(), ahead, isMatched));
        if (states.Count >= sizeBefore)
        {
            table[from + taken] = next;
        }

        return next;
    }

    private int Find(StateKey key)
    {
        if (key.Members.Length == 0 && !key.IsMatched)
        {
            return Dead;
        }

        if (known.TryGetValue(key, out int state))
        {
            return state;
        }

        if (states.Count > 4 && (((states.Count + 1) * stride) > MaxTable || memberCount + key.Members.Length > MaxMembers))
        {
            Forget();
        }

        state = states.Count * stride;
        if (table.Length < state + stride)
        {
            int[] larger = new int[Math.Max(table.Length * 2, stride * 8)];
            table.CopyTo(larger, 0);
            larger.AsSpan(table.Length).Fill(Unknown);
            table = larger;
        }

        states.Add(key);
        memberCount += key.Members.Length;
        bool isIdle = opening is not null && !key.IsMatched && key.Members.AsSpan().SequenceEqual(idleMembers);
        return known[key] = state | (key.IsMatched ? MatchedMark : 0) | (isIdle ? IdleMark : 0);
    }

    private void Forget()
    {
        known.Clear();
        states.Clear();
        states.Add(new StateKey([], Neighbour.Other, IsMatched: false));
        memberCount = 0;
        table.AsSpan().Fill(Unknown);
        starts.AsSpan().Fill(Unknown);
    }

    /// <summary>The places of a state, best first, what stands behind it, and whether a match ended one character ago.</summary>
    private readonly record struct StateKey(int[] Members, Neighbour Behind, bool IsMatched)
    {
        public bool Equals(StateKey other) =>
            Behind == other.Behind && IsMatched == other.IsMatched && Members.AsSpan().SequenceEqual(other.Members);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes(Members.AsSpan()));
            hash.Add((int)Behind * 2 | (IsMatched ? 1 : 0));
            return hash.ToHashCode();
        }
    }
}
