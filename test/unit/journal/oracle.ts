/** Another program that reads and writes SQLCipher's format: SQLite3MultipleCiphers, as the npm package @evolu/sqlite-wasm. */
import init from '@evolu/sqlite-wasm';

type Pointer = number;
/** As much of the package as is used here; its own types leave the files out. */
interface Oracle {
  readonly oo1: {
    readonly DB: new (
      path: string,
      flags: string,
    ) => {
      exec(sql: string, how?: { rowMode: 'array'; returnValue: 'resultRows' }): unknown[][];
      close(): void;
    };
  };
  readonly capi: Readonly<
    Record<'SQLITE_OPEN_READWRITE' | 'SQLITE_OPEN_CREATE' | 'SQLITE_OPEN_MAIN_DB', number>
  > & {
    sqlite3_vfs_find(name: string): Pointer;
    readonly sqlite3_vfs: new (at: Pointer) => Record<'pointer' | '$xOpen' | '$szOsFile', Pointer>;
    readonly sqlite3_io_methods: new (
      at: Pointer,
    ) => Record<'$xFileSize' | '$xRead' | '$xWrite' | '$xClose', Pointer>;
  };
  readonly wasm: {
    alloc(bytes: number): Pointer;
    allocCString(text: string): Pointer;
    peekPtr(at: Pointer): Pointer;
    peek(at: Pointer, type: 'i64'): bigint;
    heap8u(): Uint8Array;
    functionEntry(at: Pointer): (...given: readonly (number | bigint)[]) => number;
  };
}

const { oo1, capi, wasm } = (await init()) as unknown as Oracle;
const unix = new capi.sqlite3_vfs(capi.sqlite3_vfs_find('unix'));
let files = 0;

/** Runs SQL on an encrypted file, on a new one where it is null: the rows that it yields, and the file after it. */
export function inOracle(
  image: Uint8Array | null,
  passphrase: string,
  sql: string,
  version: 3 | 4 = 4,
): { readonly rows: readonly (readonly unknown[])[]; readonly file: Uint8Array } {
  const path = `/file-${++files}.db`;
  if (image !== null) onFile(path, (file) => file.write(image));
  const database = new oo1.DB(path, 'c');
  try {
    const key = passphrase.replaceAll("'", "''");
    database.exec(`PRAGMA cipher='sqlcipher'; PRAGMA legacy=${version}; PRAGMA key='${key}'`);
    const rows = database.exec(sql, { rowMode: 'array', returnValue: 'resultRows' });
    return { rows, file: onFile(path, (file) => file.read()) };
  } finally {
    database.close();
  }
}

/** The bytes as they lie, below the layer that decrypts them. */
function onFile<T>(path: string, work: (file: ReturnType<typeof bytesOf>) => T): T {
  const file = wasm.alloc(unix.$szOsFile);
  const flags = capi.SQLITE_OPEN_READWRITE | capi.SQLITE_OPEN_CREATE | capi.SQLITE_OPEN_MAIN_DB;
  const opened = wasm.functionEntry(unix.$xOpen)(
    unix.pointer,
    wasm.allocCString(path),
    file,
    flags,
    0,
  );
  if (opened !== 0) throw new Error(`The file cannot be opened (${opened}).`);
  const io = new capi.sqlite3_io_methods(wasm.peekPtr(file));
  try {
    return work(bytesOf(file, io));
  } finally {
    wasm.functionEntry(io.$xClose)(file);
  }
}

const bytesOf = (file: Pointer, io: InstanceType<Oracle['capi']['sqlite3_io_methods']>) => ({
  read(): Uint8Array {
    const size = wasm.alloc(8);
    wasm.functionEntry(io.$xFileSize)(file, size);
    const length = Number(wasm.peek(size, 'i64'));
    const at = wasm.alloc(length);
    wasm.functionEntry(io.$xRead)(file, at, length, 0n);
    return wasm.heap8u().slice(at, at + length);
  },
  write(bytes: Uint8Array): void {
    const at = wasm.alloc(bytes.length);
    wasm.heap8u().set(bytes, at);
    wasm.functionEntry(io.$xWrite)(file, at, bytes.length, 0n);
  },
});
