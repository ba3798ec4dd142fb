import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with a call, and on which side of what the other side does for it. */
export type Fault =
  | 'limited' // 429, with Retry-After
  | 'locked' // 401
  | 'broken-before' // 500
  | 'broken-after'
  | 'cut-before' // The connection ends without an answer.
  | 'cut-after'
  | 'cut-inside' // It ends in the middle of the answer.
  | 'silent-before' // No answer comes.
  | 'silent-after'
  | 'no-json-after'
  | 'elsewhere' // A redirect.
  | 'refused'; // What was asked is no order that can be taken.

export type Kind = 'submit' | 'cancel' | 'ask';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

export interface Answer {
  readonly status: number;
  /** JSON; not given where there is none. */
  readonly body?: unknown;
}

/** Answers on this machine as a vendor does, unless a fault was ordered for the next call of its kind. */
export class StandInServer {
  readonly http: Server;
  readonly calls: Call[] = [];
  /** Said to the next order in place of an answer. */
  words: Answer | null = null;
  /** Whether pages of other origins may call it (CORS). */
  letsPagesIn = false;
  readonly #faults: { readonly kind: Kind; readonly fault: Fault }[] = [];

  constructor(
    private readonly kindOf: (call: Call) => Kind,
    private readonly answer: (call: Call) => Answer,
  ) {
    this.http = createServer((request, response) => void this.#serve(request, response));
  }

  async listen(): Promise<string> {
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  close(): void {
    this.http.closeAllConnections();
    this.http.close();
  }

  /** Orders faults for the next calls of a kind, one each. */
  order(kind: Kind, ...faults: readonly Fault[]): void {
    for (const fault of faults) this.#faults.push({ kind, fault });
  }

  /** Forgets the faults that met no call. */
  calm(): void {
    this.#faults.length = 0;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += String(part);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stand-in');
    const { method = '', headers } = request;
    if (this.letsPagesIn) {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Access-Control-Allow-Headers', '*, APCA-API-KEY-ID, APCA-API-SECRET-KEY');
      if (method === 'OPTIONS') {
        response.writeHead(204).end();
        return;
      }
    }
    const call = { method, path: pathname, query: searchParams, body, headers };
    this.calls.push(call);
    const at = this.#faults.findIndex(({ kind }) => kind === this.kindOf(call));
    const fault = at < 0 ? null : this.#faults.splice(at, 1)[0]!.fault;
    if (fault?.endsWith('-before') ?? false) {
      fail(fault!, call, response);
      return;
    }
    if (fault !== null && ['limited', 'locked', 'elsewhere', 'refused'].includes(fault)) {
      fail(fault, call, response);
      return;
    }
    const isSaid = this.words !== null && this.kindOf(call) === 'submit';
    const { status, body: told } = isSaid ? this.words! : this.answer(call);
    if (isSaid) this.words = null;
    if (fault !== null && fault !== 'cut-inside') {
      fail(fault, call, response);
      return;
    }
    const text = told === undefined ? '' : JSON.stringify(told);
    response.writeHead(status, {
      'Content-Type': 'application/json; charset=UTF-8',
      'Content-Length': Buffer.byteLength(text),
    });
    if (fault === null) response.end(text);
    else response.write(text.slice(0, 5), () => setTimeout(() => response.destroy(), 2));
  }
}

/** Gives back all that it was told, as a careless server would. */
function fail(fault: Fault, call: Call, response: ServerResponse): void {
  const told = `No: ${JSON.stringify(call)}`;
  const echo = JSON.stringify({ code: -2010, message: told, msg: told });
  const json = { 'Content-Type': 'application/json' };
  if (fault === 'limited') response.writeHead(429, { ...json, 'Retry-After': '1' }).end(echo);
  else if (fault === 'locked') response.writeHead(401, json).end(echo);
  else if (fault === 'refused') response.writeHead(422, json).end(echo);
  else if (fault === 'elsewhere') response.writeHead(302, { Location: '/login' }).end();
  else if (fault === 'no-json-after')
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Busy</html>');
  else if (fault.startsWith('broken')) response.writeHead(500, json).end(echo);
  else if (fault.startsWith('cut')) response.destroy();
}
