/** The path to spans in an export request: resource_spans, scope_spans, spans, by field number. */
const PATH = [1, 2, 2];

const LENGTH_DELIMITED = 2;

/**
 * The number of spans in an OTLP export request, in protobuf's encoding. It parses just enough to
 * count them, so that the receiver uses little CPU time.
 */
export function spansIn(message: Buffer, depth = 0): number {
  if (depth === PATH.length) return 1;
  let spans = 0;
  for (const { field, content } of fieldsOf(message)) {
    if (field === PATH[depth]) spans += spansIn(content, depth + 1);
  }
  return spans;
}

/** The length-delimited fields of a message; down to the spans there are no others. */
function* fieldsOf(message: Buffer): Generator<{ field: number; content: Buffer }> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message.readUInt8(at++);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    if ((tag & 7) !== LENGTH_DELIMITED) throw new Error('This is not an OTLP export request.');
    const length = varint();
    yield { field: tag >> 3, content: message.subarray(at, at + length) };
    at += length;
  }
}
