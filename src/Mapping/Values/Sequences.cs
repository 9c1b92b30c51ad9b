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
        private int at;
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

        public readonly Value Current => document is null ? Value.Load(ref items[at]) : Value.FromDocument(document, at);

        public bool MoveNext()
        {
            at = next;
            if (at >= end)
            {
                return false;
            }

            next = document is null ? at + 1 : document.NextAt(at);
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
        private readonly Member[] members = [];
        private readonly Document? document;
        private readonly int end;
        private int at;
        private int next;

        public Enumerator(Value source)
        {
            document = source.Document;
            if (document is not null && !document.HasDuplicateKeys(source.DocumentIndex))
            {
                next = document.FirstChild(source.DocumentIndex);
                end = document.NextAt(source.DocumentIndex);
                return;
            }

            ObjectNode? node = document is null ? source.ObjectNode : WithoutDuplicates(document, source.DocumentIndex);
            document = null;
            if (node is not null)
            {
                end = node.Slots.Length;
                members = node.Storage;
            }
        }

        public readonly Member Current => new(Key, Value);

        public readonly Value Key => document is null ? Values.Value.Load(ref members[at].Key) : Values.Value.FromDocument(document, at);

        public readonly Value Value => document is null ? Values.Value.Load(ref members[at].Value) : Values.Value.FromDocument(document, at + 1);

        public bool MoveNext()
        {
            at = next;
            if (document is not null)
            {
                next = at < end ? document.NextAt(at + 1) : at;
                return at < end;
            }

            while (at < end && members[at].Key.IsNull)
            {
                at++;
            }

            next = at + 1;
            return at < end;
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
