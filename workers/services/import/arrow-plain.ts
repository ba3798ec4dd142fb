import { Buffer as Region } from 'apache-arrow/fb/buffer';
import { CompressionType } from 'apache-arrow/fb/compression-type';
import { DictionaryBatch } from 'apache-arrow/fb/dictionary-batch';
import { FieldNode } from 'apache-arrow/fb/field-node';
import { Footer } from 'apache-arrow/fb/footer';
import { Message } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import { Schema } from 'apache-arrow/fb/schema';
import { Builder, ByteBuffer } from 'flatbuffers';
import { decompress } from 'fzstd';
import { largestDataFile } from '../../../src/domain/limits.ts';
import { type ArrowMessage, blocksOf, footerOf, messageOf, messagesIn } from './arrow-messages.ts';
import { type Layout, layoutOf, offsetsOfViews } from './arrow-views.ts';
import { joined, refuseInflation } from './gunzip.ts';
import { unlz4 } from './lz4.ts';

/**
 * Arrow IPC without what its reader here does not know, compressed buffers and views of strings; null where there is
 * neither. Throws a RangeError where it is damaged, a LabError where it is too much.
 */
export function plainArrow(file: string, bytes: Uint8Array, isFile: boolean): Uint8Array | null {
  let size = 0;
  const count = (more: number): number => {
    size += more;
    refuseInflation(file, { size, packed: bytes.length, limit: largestDataFile });
    return more;
  };
  return isFile ? plainFile(bytes, count) : plainStream(bytes, count);
}

/** The layout makes plain strings of the views in the copy of the schema. */
function plainStream(bytes: Uint8Array, count: Count): Uint8Array | null {
  const [first, ...messages] = messagesIn(bytes);
  if (first?.message.headerType() !== MessageHeader.Schema) return null;
  const schema = first.metadata.slice();
  const message = Message.getRootAsMessage(new ByteBuffer(schema));
  const layout = layoutOf(message.header(new Schema()) as Schema);
  if (!layout.hasViews && !messages.some(isCompressed)) return null;
  const batches = messages.flatMap((one) => rewritten(one, layout, count));
  return joined([
    ...framed(schema),
    ...batches.flatMap(({ head, body }) => [...head, ...body]),
    Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0),
  ]);
}

/** By the footer alone, as its reader goes: some writers begin a file as they please. */
function plainFile(bytes: Uint8Array, count: Count): Uint8Array | null {
  const content = footerOf(bytes).slice();
  const footer = Footer.getRootAsFooter(new ByteBuffer(content));
  const layout = layoutOf(footer.schema()!);
  const blocks = blocksOf(footer);
  const messages = blocks.map((block) => messageOf(bytes, block));
  if (!layout.hasViews && !messages.some(isCompressed)) return null;
  const magic = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];
  const parts: Uint8Array[] = [Uint8Array.from([...magic, 0, 0])];
  let offset = 8;
  for (const [i, message] of messages.entries()) {
    const [batch] = rewritten(message, layout, count);
    if (batch === undefined) throw new RangeError('A batch is none.');
    const { bb, bb_pos } = blocks[i]!;
    const [head, body] = [lengthOf(batch.head), lengthOf(batch.body)];
    bb!.writeInt64(bb_pos, BigInt(offset));
    bb!.writeInt32(bb_pos + 8, head);
    bb!.writeInt64(bb_pos + 16, BigInt(body));
    parts.push(...batch.head, ...batch.body);
    offset += head + body;
  }
  const end = new DataView(new ArrayBuffer(4));
  end.setInt32(0, content.length, true);
  return joined([...parts, content, new Uint8Array(end.buffer), Uint8Array.from(magic)]);
}

const lengthOf = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

function batchOf(message: Message): { batch: RecordBatch; dictionary: DictionaryBatch | null } {
  if (message.headerType() !== MessageHeader.DictionaryBatch)
    return { batch: message.header(new RecordBatch()) as RecordBatch, dictionary: null };
  const dictionary = message.header(new DictionaryBatch()) as DictionaryBatch;
  return { batch: dictionary.data()!, dictionary };
}

const isBatch = (kind: MessageHeader): boolean =>
  kind === MessageHeader.RecordBatch || kind === MessageHeader.DictionaryBatch;

const isCompressed = ({ message }: ArrowMessage): boolean =>
  isBatch(message.headerType()) && batchOf(message).batch.compression() !== null;

/** Counts bytes before there is room for them. */
type Count = (bytes: number) => number;

/** A message in the two parts that a file’s footer counts. */
interface Batch {
  readonly head: readonly Uint8Array[];
  readonly body: readonly Uint8Array[];
}

/** A batch in plain buffers; none for what is no batch. */
function rewritten({ message, body }: ArrowMessage, layout: Layout, count: Count): Batch[] {
  if (!isBatch(message.headerType())) return [];
  const { batch, dictionary } = batchOf(message);
  const regions = Array.from({ length: batch.buffersLength() }, (_, i) =>
    bufferOf(batch, body, i, count),
  );
  const columns = dictionary === null ? layout.columns : layout.dictionaries.get(dictionary.id());
  const buffers = !layout.hasViews ? regions : offsetsOfViews(batch, columns ?? [], regions, count);
  const padded = buffers.map((buffer) => withPadding(buffer));
  const bodyLength = lengthOf(padded);
  const head = framed(metadataOf(message, { batch, dictionary, buffers, bodyLength }));
  return [{ head, body: padded }];
}

/** A buffer of a batch, unpacked: eight bytes say how long it is, or −1 where it is not compressed after all. */
function bufferOf(batch: RecordBatch, body: Uint8Array, i: number, count: Count): Uint8Array {
  const region = batch.buffers(i)!;
  const [offset, length] = [Number(region.offset()), Number(region.length())];
  if (offset < 0 || length < 0 || offset + length > body.length)
    throw new RangeError('A buffer lies beyond its batch.');
  const packed = body.subarray(offset, offset + length);
  const compression = batch.compression();
  if (compression === null || length === 0) return packed;
  const size = new DataView(packed.buffer, packed.byteOffset, length).getBigInt64(0, true);
  if (size === -1n) return packed.subarray(8);
  if (size < 0n || size > BigInt(largestDataFile)) throw new RangeError('A buffer has no size.');
  count(Number(size));
  return inflated(packed.subarray(8), compression.codec(), Number(size));
}

function inflated(packed: Uint8Array, codec: CompressionType, size: number): Uint8Array {
  if (codec === CompressionType.LZ4_FRAME) return unlz4(packed, size);
  const out = decompress(packed, new Uint8Array(size));
  if (out.length !== size) throw new RangeError('A buffer holds less than it says.');
  return out;
}

interface Plain {
  readonly batch: RecordBatch;
  readonly dictionary: DictionaryBatch | null;
  readonly buffers: readonly Uint8Array[];
  readonly bodyLength: number;
}

/** The message of a batch with other buffers. */
function metadataOf(
  message: Message,
  { batch, dictionary, buffers, bodyLength }: Plain,
): Uint8Array {
  const builder = new Builder(1024);
  const nodes = batch.nodesLength();
  RecordBatch.startNodesVector(builder, nodes);
  for (let i = nodes - 1; i >= 0; i--) {
    const node = batch.nodes(i)!;
    FieldNode.createFieldNode(builder, node.length(), node.nullCount());
  }
  const nodesAt = builder.endVector();
  RecordBatch.startBuffersVector(builder, buffers.length);
  let end = bodyLength;
  for (const { length } of [...buffers].reverse()) {
    end -= padding(length);
    Region.createBuffer(builder, BigInt(end), BigInt(length));
  }
  const buffersAt = builder.endVector();
  RecordBatch.startRecordBatch(builder);
  RecordBatch.addLength(builder, batch.length());
  RecordBatch.addNodes(builder, nodesAt);
  RecordBatch.addBuffers(builder, buffersAt);
  let header = RecordBatch.endRecordBatch(builder);
  if (dictionary !== null) header = dictionaryAround(builder, dictionary, header);
  Message.startMessage(builder);
  Message.addVersion(builder, message.version());
  Message.addHeaderType(builder, message.headerType());
  Message.addHeader(builder, header);
  Message.addBodyLength(builder, BigInt(bodyLength));
  builder.finish(Message.endMessage(builder));
  return builder.asUint8Array();
}

function dictionaryAround(builder: Builder, dictionary: DictionaryBatch, data: number): number {
  DictionaryBatch.startDictionaryBatch(builder);
  DictionaryBatch.addId(builder, dictionary.id());
  DictionaryBatch.addData(builder, data);
  DictionaryBatch.addIsDelta(builder, dictionary.isDelta());
  return DictionaryBatch.endDictionaryBatch(builder);
}

const padding = (length: number): number => Math.ceil(length / 8) * 8;

function withPadding(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(padding(bytes.length));
  out.set(bytes);
  return out;
}

/** A message’s metadata after its mark and its length. */
function framed(bytes: Uint8Array): Uint8Array[] {
  const content = withPadding(bytes);
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(0, 0xffffffff, true);
  head.setUint32(4, content.length, true);
  return [new Uint8Array(head.buffer), content];
}
