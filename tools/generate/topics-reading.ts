/** The part of docs/TOPICS.md that holds for all topics. A test runs its example. */
export const READING = `# Topics

Generated from the schemas by \`npm run generate\`: change those, not this page.

## Reading a message

- **Value**: Confluent wire format: a byte 0, the schema id (4 bytes, big-endian), then plain Avro. The id is that of the
  *writer's* schema; ask the registry for it. Subjects are \`<topic>-value\`. Schema changes are backward compatible, so a
  reader with a newer schema reads what was written before. A value of no bytes at all says that the key of a state topic
  is gone.
- **Key**: bare text, never with a schema id, so that a new schema does not send a key to another partition.
- **Headers**: business events are CloudEvents 1.0 in Kafka's binary mode: \`ce_id\`, \`ce_source\`, \`ce_type\`, \`ce_time\`,
  \`ce_subject\`, \`ce_correlationid\`, \`ce_causationid\`, \`ce_traceparent\`, \`content-type\`; the W3C trace context also stands
  under its own name, \`traceparent\`. Ids derive from what caused the event: a replay makes the same ones.
- **Rows** are one record a message. **Columns** are frames: one Avro record of arrays, one array for each field, all of
  one length; entry *i* of each makes record *i*. An array that is empty where others are not stands for its default
  repeated (attribute \`absent\` of the field).
- **Numbers for names**: instruments, accounts and venues go by small integers, allotted once and for ever;
  \`reference.names\` says which is which.
- **Exact numbers**: \`long, scale 9\` counts billionths: divide by 10⁹. \`decimal(38, 18)\` is Avro's decimal: two's complement,
  big-endian, in units of 10⁻¹⁸. Divide as integers or decimals: a double holds 15 to 17 digits.
- **Missing is NaN** in a double, where its field says so, and never zero. Times are microseconds since 1970 UTC.

With \`avsc\`, though any Avro library does:

\`\`\`js
const avro = require('avsc');

/** The records of a message; \`schemaOf\` asks the registry for the schema of an id, as JSON text. */
function recordsOf(value, schemaOf) {
  if (value.length === 0) return [];
  if (value[0] !== 0) throw new Error('not in Confluent wire format');
  const schema = JSON.parse(schemaOf(value.readUInt32BE(1)));
  const record = avro.Type.forSchema(schema).fromBuffer(value.subarray(5));
  if (!schema.name.endsWith('Frame')) return [record];
  const length = Math.max(...schema.fields.map(({ name }) => record[name].length));
  const valueOf = ({ name, absent }, index) =>
    record[name].length > 0 ? record[name][index] : absent === 'NaN' ? NaN : absent;
  return Array.from({ length }, (_, index) =>
    Object.fromEntries(schema.fields.map((field) => [field.name, valueOf(field, index)])),
  );
}
\`\`\``;
