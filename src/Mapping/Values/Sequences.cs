using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>The elements of an array; enumerated without allocation.</summary>
internal readonly struct ElementSequence(Value array)
{
    public Enumerator GetEnumerator() => new(array);

    public struct Enumerator
    {
        private readonly Value[] items = [];
        private readonly Document? document;
        private readonly int end;
        private int next;

        public Enumerator(Value array)
        {
            document = array.Document;
            if (document is not null)
            {
                next = document.FirstChild(array.DocumentIndex);
                end = document.NextAt(array.DocumentIndex);
            }
            else if (array.ArrayNode is { } node)
            {
                items = node.Storage;
                end = node.Count;
            }
        }

        public Value Current { get; private set; }

        public bool MoveNext()
        {
            if (next >= end)
            {
                return false;
            }

            if (document is null)
            {
                Current = items[next++];
                return true;
            }

            Current = Value.FromDocument(document, next);
            next = document.NextAt(next);
            return true;
        }
    }
}

/// <summary>The members of an object, in insertion order; enumerated without allocation unless keys are duplicated.</summary>
internal readonly struct MemberSequence(Value source)
{
    public Enumerator GetEnumerator() => new(source);

    public struct Enumerator
    {
        private readonly ObjectNode? node;
        private readonly Document? document;
        private readonly int end;
        private int next;

        public Enumerator(Value source)
        {
            node = source.ObjectNode;
            document = source.Document;
            if (document is null)
            {
                return;
            }

            if (document.HasDuplicateKeys(source.DocumentIndex))
            {
                node = WithoutDuplicates(document, source.DocumentIndex);
                document = null;
                return;
            }

            next = document.FirstChild(source.DocumentIndex);
            end = document.NextAt(source.DocumentIndex);
        }

        public Member Current { get; private set; }

        public bool MoveNext()
        {
            if (document is not null)
            {
                if (next >= end)
                {
                    return false;
                }

                int value = next + 1;
                Current = new Member(Value.FromDocument(document, next), Value.FromDocument(document, value));
                next = document.NextAt(value);
                return true;
            }

            if (node is null)
            {
                return false;
            }

            ReadOnlySpan<Member> slots = node.Slots;
            while (next < slots.Length)
            {
                Member member = slots[next++];
                if (!member.Key.IsNull)
                {
                    Current = member;
                    return true;
                }
            }

            return false;
        }

        private static ObjectNode WithoutDuplicates(Document document, int index)
        {
            var distinct = new ObjectNode();
            int end = document.NextAt(index);
            for (int key = document.FirstChild(index); key < end;)
            {
                int value = document.NextAt(key);
                distinct.Set(Value.FromDocument(document, key), Value.FromDocument(document, value));
                key = document.NextAt(value);
            }

            return distinct;
        }
    }
}
