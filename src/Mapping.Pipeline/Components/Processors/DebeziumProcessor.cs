using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Components.Formats;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Processors;

internal enum DeleteHandling
{
    Tombstone,
    Drop,
    Rewrite,
}

/// <param name="Flattens">The row takes the place of its envelope.</param>
/// <param name="Deletes">What a deleted row becomes.</param>
/// <param name="DropsTombstones">Messages that had no body before are removed.</param>
/// <param name="KeyFields">The columns of the primary key; none when the key of the record is it.</param>
internal sealed record DebeziumOptions(bool Flattens, DeleteHandling Deletes, bool DropsTombstones, IReadOnlyList<string> KeyFields);

/// <summary><c>debezium</c>: the row of a change event.</summary>
internal sealed class DebeziumProcessor(DebeziumOptions options, IComponentContext context) : IProcessor
{
    private const string Deleted = "__deleted";

    private static readonly Field<bool> Mode = Fields.Choice(
        "mode",
        "What the body becomes: flatten, the row; envelope, the event with before and after, without the schema around it.",
        ("flatten", true),
        ("envelope", false)).Default("flatten");

    private static readonly Field<DeleteHandling> Deletes = Fields.Choice(
        "deletes",
        "What a deleted row becomes when events are flattened: tombstone, a message without a body, under which Kafka forgets the key; drop, nothing; rewrite, the row as it was before, with `__deleted`.",
        ("tombstone", DeleteHandling.Tombstone),
        ("drop", DeleteHandling.Drop),
        ("rewrite", DeleteHandling.Rewrite)).Default("tombstone");

    private static readonly Field<bool> Tombstones = Fields.Choice(
        "tombstones",
        "What becomes of messages without a body, which Debezium sends after deletes: pass or drop.",
        ("pass", false),
        ("drop", true)).Default("pass");

    private static readonly Field<IReadOnlyList<string>> KeyFields =
        Fields.Texts("key_fields", "The columns of the primary key, which are taken from the row; without them the key is that of the Kafka record.").Default("[]").Example("[id]", "[tenant, id]");

    public static ComponentType Type { get; } = new ComponentType<IProcessor, DebeziumOptions>(
        ComponentKind.Processor,
        "debezium",
        "Takes the row out of change events of Debezium.",
        new Shape<DebeziumOptions>(
            [Mode, Deletes, Tombstones, KeyFields],
            static read => new DebeziumOptions(read.Get(Mode), read.Get(Deletes), read.Get(Tombstones), read.Get(KeyFields))),
        static (options, context) => new DebeziumProcessor(options, context))
    {
        Description = """
            A change event is a JSON document with `before`, `after` and `op`, with or without the schema around it. The row is `after`, and
            of a delete `before`.

            | operation | flattened |
            | --- | --- |
            | `c` created, `r` read by a snapshot, `u` updated | the row |
            | `d` deleted | see `deletes` |
            | `t` truncated, `m` message, others | as with `mode: envelope`, for they have no row |
            | no body (a tombstone) | see `tombstones` |

            Metadata: `debezium_op`, `debezium_ts_ms`, `debezium_source` and `debezium_transaction` (objects, where the event has them), and
            `debezium_key`, the primary key as a JSON object: `key: ${! @debezium_key }` keeps all changes of a row in one partition, in
            their order. Tombstones have it too, when the key is that of the record.

            Removed messages are counted as `messages_dropped`, with the reason `debezium_delete` or `debezium_tombstone`. A document that
            is no change event stays as it is and fails. With `deletes: rewrite` a row that is not deleted says `"__deleted": "false"`; when
            the event does not tell what was before, the deleted row is the key alone.
            """,
        Example = """
            input:
              generate:
                count: 1
                interval: ""
                mapping: 'root = { "before": { "id": 7, "name": "old" }, "after": { "id": 7, "name": "new" }, "op": "u", "ts_ms": 1700000000000 }'
            pipeline:
              processors:
                - debezium: { key_fields: [ id ] }
            output:
              drop: {}
            """,
    };

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var kept = new List<Message>(batch.Count);
        int deletes = 0;
        int tombstones = 0;
        foreach (Message message in batch)
        {
            string? problem = null;
            if (message.IsNull || ChangeEvent.Read(message, out problem) is not { } change)
            {
                if (problem is not null)
                {
                    message.Error = new MessageError(problem) { Cause = FailureKind.Permanent };
                    kept.Add(message);
                }
                else if (options.DropsTombstones)
                {
                    tombstones++;
                }
                else
                {
                    NoteKey(message, default);
                    kept.Add(WithoutBody(message));
                }
            }
            else if (Apply(change, message) is { } result)
            {
                kept.Add(result);
            }
            else
            {
                deletes++;
            }
        }

        context.Dropped(deletes, "debezium_delete");
        context.Dropped(tombstones, "debezium_tombstone");
        return ValueTask.FromResult<Batches>(Batch.Of(kept));
    }

    /// <summary>Null when the message is removed.</summary>
    private Message? Apply(ChangeEvent change, Message message)
    {
        Value row = change.IsDelete ? change.Before : change.After;
        if (change.HasRow && row.IsObject && options.KeyFields.FirstOrDefault(f => !row.TryGetMember(Encoding.UTF8.GetBytes(f), out _)) is { } missing)
        {
            message.Error = new MessageError($"the row has no column \"{missing}\" of the primary key") { Cause = FailureKind.Permanent };
            return message;
        }

        if (change.HasRow && !change.IsDelete && !row.IsObject)
        {
            message.Error = new MessageError($"the change event has no row: after is {row.TypeName}") { Cause = FailureKind.Permanent };
            return message;
        }

        NoteChange(change, message);
        NoteKey(message, change.HasRow ? row : default);
        if (!options.Flattens || !change.HasRow)
        {
            message.Body = ChangeEvent.Bytes(change.Envelope);
            return message;
        }

        if (change.IsDelete && options.Deletes != DeleteHandling.Rewrite)
        {
            return options.Deletes == DeleteHandling.Drop ? null : WithoutBody(message);
        }

        message.Body = ChangeEvent.Bytes(options.Deletes == DeleteHandling.Rewrite ? Marked(row, message, change.IsDelete) : row);
        return message;
    }

    private static Value Marked(Value row, Message message, bool isDeleted)
    {
        Value known = row.IsObject ? row : Key(message);
        ObjectNode marked = known.IsObject ? known.CopyObject(new Arena(), extra: 1) : new ObjectNode();
        marked.Set(Value.FromString(Deleted), Value.FromString(isDeleted ? "true" : "false"));
        return Value.FromObject(marked);
    }

    private static void NoteChange(ChangeEvent change, Message message)
    {
        var values = new List<(string, Value)> { ("debezium_op", Value.FromString(change.Operation)) };
        foreach (string name in (ReadOnlySpan<string>)["ts_ms", "source", "transaction"])
        {
            if (change.Field(Encoding.UTF8.GetBytes(name)) is { IsNull: false } value)
            {
                values.Add(("debezium_" + name, value.Detach()));
            }
        }

        MetadataValues.Set(message, [.. values]);
    }

    /// <param name="message">Gets the key.</param>
    /// <param name="row">Null where there is none.</param>
    private void NoteKey(Message message, Value row)
    {
        if (options.KeyFields.Count > 0 && row.IsObject)
        {
            var columns = new ObjectNode();
            foreach (string name in options.KeyFields)
            {
                byte[] key = Encoding.UTF8.GetBytes(name);
                columns.AddNew(Value.FromKey(key), row.TryGetMember(key, out Value value) ? value : Value.Null);
            }

            MetadataValues.Set(message, "debezium_key", Value.FromString(ChangeEvent.Text(Value.FromObject(columns))));
        }
        else if (Key(message) is { IsNull: false } key)
        {
            MetadataValues.Set(message, "debezium_key", key.IsText ? key.ToStringKind().Detach() : Value.FromString(ChangeEvent.Text(key)));
        }
    }

    /// <summary>The key of the record without the schema around it; a text when it is no JSON; null when there is none.</summary>
    private static Value Key(Message message)
    {
        if (!message.MetadataObject.IsObject || !message.MetadataObject.TryGetMember("kafka_key"u8, out Value text) || !text.IsText || text.AsSpan().IsEmpty)
        {
            return Value.Null;
        }

        return new Message(text.AsSpan().ToArray()).TryGetDocument(out Value key) ? ChangeEvent.Unwrapped(key) : text;
    }

    private static Message WithoutBody(Message message)
    {
        Message tombstone = Message.WithoutBody();
        tombstone.MetadataObject = message.MetadataObject;
        tombstone.Attachment = message.Attachment;
        tombstone.Error = message.Error;
        return tombstone;
    }
}
