import type { Field } from 'apache-arrow/fb/field';
import { Message } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import { DictionaryBatch } from 'apache-arrow/fb/dictionary-batch';
import { Schema } from 'apache-arrow/fb/schema';
import { ByteBuffer } from 'flatbuffers';

const magic = 'ARROW1';
const continuation = 0xffffffff;

/** The stream that an Arrow file holds before its footer, which only repeats it; a stream is itself. */
export function streamOf(bytes: Uint8Array): Uint8Array {
  const at = (from: number): string => String.fromCharCode(...bytes.subarray(from, from + 6));
  if (at(0) !== magic) return bytes;
  const end = bytes.length - magic.length - 4;
  if (end < 8 || at(end + 4) !== magic) throw new RangeError('The end of the file is missing.');
  return bytes.subarray(8, end - viewOf(bytes).getInt32(end, true));
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Throws a RangeError where a message of a stream says that it has more fields, buffers or rows than its bytes can
 * hold. Arrow's own reader makes room for as many as are said before it looks for them.
 */
export function checkMessages(stream: Uint8Array): void {
  const view = viewOf(stream);
  const mostRows = 8 * stream.length;
  for (let at = 0; at + 4 <= stream.length;) {
    if (view.getUint32(at, true) === continuation) at += 4;
    const length = view.getInt32(at, true);
    at += 4;
    if (length === 0) return;
    if (length < 0 || at + length > stream.length) throw beyond('a message');
    const message = Message.getRootAsMessage(new ByteBuffer(stream.subarray(at, at + length)));
    checkHeader(message, length, mostRows);
    at += length;
    const body = message.bodyLength();
    if (body < 0n || body > BigInt(stream.length - at)) throw beyond('the data of a message');
    at += Number(body);
  }
}

function checkHeader(message: Message, most: number, mostRows: number): void {
  const within = (count: number, what: string): void => {
    if (count > most) throw beyond(what);
  };
  const checkField = (field: Field | null): void => {
    within(field?.customMetadataLength() ?? 0, 'the metadata of a field');
    const children = field?.childrenLength() ?? 0;
    within(children, 'the children of a field');
    for (let i = 0; i < children; i++) checkField(field!.children(i));
  };
  const checkBatch = (batch: RecordBatch | null): void => {
    const nodes = batch?.nodesLength() ?? 0;
    within(nodes, 'the columns of a batch');
    within(batch?.buffersLength() ?? 0, 'the buffers of a batch');
    const rows = [batch?.length() ?? 0n];
    for (let i = 0; i < nodes; i++) rows.push(batch?.nodes(i)?.length() ?? 0n);
    if (rows.some((count) => count < 0n || count > BigInt(mostRows)))
      throw beyond('the rows of a batch');
  };
  switch (message.headerType()) {
    case MessageHeader.Schema: {
      const schema = message.header(new Schema()) as Schema;
      within(schema.customMetadataLength(), 'the metadata of a schema');
      within(schema.fieldsLength(), 'the fields of a schema');
      for (let i = 0; i < schema.fieldsLength(); i++) checkField(schema.fields(i));
      return;
    }
    case MessageHeader.RecordBatch:
      checkBatch(message.header(new RecordBatch()) as RecordBatch);
      return;
    case MessageHeader.DictionaryBatch:
      checkBatch((message.header(new DictionaryBatch()) as DictionaryBatch).data());
      return;
  }
}

const beyond = (what: string): RangeError =>
  new RangeError(`There are fewer bytes than ${what} would take.`);
