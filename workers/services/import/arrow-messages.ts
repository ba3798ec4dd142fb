import type { Block } from 'apache-arrow/fb/block';
import type { Field } from 'apache-arrow/fb/field';
import { DictionaryBatch } from 'apache-arrow/fb/dictionary-batch';
import { Footer } from 'apache-arrow/fb/footer';
import { Message } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import { Schema } from 'apache-arrow/fb/schema';
import { ByteBuffer } from 'flatbuffers';

/**
 * What Arrow IPC says of itself, against the bytes that are there. Arrow's own reader makes room for as many fields,
 * buffers and rows as are said before it looks for them. All throw RangeErrors.
 */

const magic = 'ARROW1';
const continuation = 0xffffffff;
const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A message and the data that belong to it. */
export interface ArrowMessage {
  readonly message: Message;
  /** The message’s own bytes. */
  readonly metadata: Uint8Array;
  readonly body: Uint8Array;
  readonly end: number;
}

/** The messages of a stream. */
export function* messagesIn(bytes: Uint8Array): Generator<ArrowMessage> {
  for (let at = 0; at + 4 <= bytes.length;) {
    const found = messageAt(bytes, at);
    if (found === null) return;
    yield found;
    at = found.end;
  }
}

/** Reads all messages; where the last one ends. */
export function checkStream(bytes: Uint8Array): number {
  let end = 0;
  for (const message of messagesIn(bytes)) end = message.end;
  return end;
}

/** A stream with its mark of the end, as Arrow's own writer makes it: without one the last message may have taken it for its data. */
export function checkEndedStream(bytes: Uint8Array): void {
  if (checkStream(bytes) + 8 > bytes.length) throw beyond('a message');
}

/** A file has its schema, and where its batches are, in a footer: footer, its length in four bytes, the magic word. */
export function footerOf(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - magic.length - 4;
  const last = String.fromCharCode(...bytes.subarray(end + 4));
  const length = end < 0 ? -1 : viewOf(bytes).getInt32(end, true);
  if (last !== magic || length < 0 || length > end) throw beyond('the footer');
  return bytes.subarray(end - length, end);
}

export function checkFile(bytes: Uint8Array): void {
  const content = footerOf(bytes);
  const footer = Footer.getRootAsFooter(new ByteBuffer(content));
  checkSchema(footer.schema(), content.length);
  const [batches, dictionaries] = [footer.recordBatchesLength(), footer.dictionariesLength()];
  if (batches + dictionaries > content.length) throw beyond('the list of batches');
  for (const block of blocksOf(footer)) messageOf(bytes, block);
}

/** Where a file’s dictionaries and batches are. */
export const blocksOf = (footer: Footer): (Block | null)[] => [
  ...Array.from({ length: footer.dictionariesLength() }, (_, i) => footer.dictionaries(i)),
  ...Array.from({ length: footer.recordBatchesLength() }, (_, i) => footer.recordBatches(i)),
];

export function messageOf(bytes: Uint8Array, block: Block | null): ArrowMessage {
  const offset = block?.offset() ?? -1n;
  const end = bytes.length - magic.length - 4;
  const found = offset < 0n || offset + 8n > BigInt(end) ? null : messageAt(bytes, Number(offset));
  if (found === null) throw beyond('a batch');
  return found;
}

/** The message that begins at a place; null where it is the mark of the end. */
function messageAt(bytes: Uint8Array, start: number): ArrowMessage | null {
  const view = viewOf(bytes);
  const at = view.getUint32(start, true) === continuation ? start + 4 : start;
  const length = view.getInt32(at, true);
  if (length === 0) return null;
  const body = at + 4 + length;
  if (length < 0 || body > bytes.length) throw beyond('a message');
  const metadata = bytes.subarray(at + 4, body);
  const message = Message.getRootAsMessage(new ByteBuffer(metadata));
  checkHeader(message, length, 8 * bytes.length);
  const bodyLength = message.bodyLength();
  if (bodyLength < 0n || bodyLength > BigInt(bytes.length - body))
    throw beyond('the data of a message');
  const end = body + Number(bodyLength);
  return { message, metadata, body: bytes.subarray(body, end), end };
}

function checkHeader(message: Message, most: number, mostRows: number): void {
  const kind = message.headerType();
  if (kind === MessageHeader.Schema) {
    checkSchema(message.header(new Schema()) as Schema, most);
  } else if (kind === MessageHeader.RecordBatch) {
    checkBatch(message.header(new RecordBatch()) as RecordBatch, most, mostRows);
  } else if (kind === MessageHeader.DictionaryBatch) {
    checkBatch((message.header(new DictionaryBatch()) as DictionaryBatch).data(), most, mostRows);
  }
}

function checkSchema(schema: Schema | null, most: number): void {
  const checkField = (field: Field | null): void => {
    const children = field?.childrenLength() ?? 0;
    if (children + (field?.customMetadataLength() ?? 0) > most) throw beyond('a field');
    for (let i = 0; i < children; i++) checkField(field!.children(i));
  };
  const fields = schema?.fieldsLength() ?? 0;
  if (fields + (schema?.customMetadataLength() ?? 0) > most) throw beyond('the fields');
  for (let i = 0; i < fields; i++) checkField(schema!.fields(i));
}

function checkBatch(batch: RecordBatch | null, most: number, mostRows: number): void {
  const nodes = batch?.nodesLength() ?? 0;
  if (nodes + (batch?.buffersLength() ?? 0) > most) throw beyond('the columns of a batch');
  const checkRows = (count: bigint | undefined): void => {
    if (count !== undefined && (count < 0n || count > BigInt(mostRows)))
      throw beyond('the rows of a batch');
  };
  checkRows(batch?.length());
  for (let i = 0; i < nodes; i++) checkRows(batch?.nodes(i)?.length());
}

const beyond = (what: string): RangeError =>
  new RangeError(`There are fewer bytes than ${what} would take.`);
