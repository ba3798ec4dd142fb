/** A download against a real server that fails in every way that servers have. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Wanted, download } from '../../../workers/services/remote/download.ts';
import type { RemotePorts } from '../../../workers/services/remote/ports.ts';
import { type Server, cutting, errorOf, ports, sendAndCut, serve } from './server.ts';

let server: Server;
afterEach(() => server.close());

const bytes = Buffer.from(Array.from({ length: 4000 }, (_, i) => `${i},1.5\n`).join(''));
const file = { bytes, etag: '"one"' };
const fetched = async (more: Partial<Wanted> = {}, given: Partial<RemotePorts> = {}) => {
  const address = `${server.origin}/prices.csv`;
  const { content } = await download({ address, ...more }, { ...ports, ...given });
  return Buffer.from(await content.arrayBuffer());
};

describe('bytes', () => {
  it('come whole, and are told as they come', async () => {
    server = await serve(cutting(() => file, []));
    const told: (number | null)[][] = [];
    expect(await fetched({ onBytes: (...at) => told.push(at) })).toEqual(bytes);
    expect(told.at(-1)).toEqual([bytes.length, bytes.length]);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]!.headers).not.toHaveProperty('cookie');
    expect(server.asked[0]!.headers).not.toHaveProperty('referer');
  });

  it('are asked for from where they broke, if the file is still the same', async () => {
    server = await serve(cutting(() => file, [1000]));
    expect(await fetched()).toEqual(bytes);
    expect(server.asked.map(({ headers }) => [headers.range, headers['if-range']])).toEqual([
      [undefined, undefined],
      ['bytes=1000-', '"one"'],
    ]);
  });

  it('begin anew where the file has changed, nobody can tell, or no part is given', async () => {
    const other = { bytes: Buffer.from('another file'), etag: '"two"' };
    server = await serve(cutting((answer) => (answer === 0 ? file : other), [1000]));
    expect(await fetched()).toEqual(other.bytes);
    server.close();
    server = await serve(cutting(() => ({ bytes, etag: '' }), [1000]));
    expect(await fetched()).toEqual(bytes);
    server.close();
    server = await serve(cutting(() => file, [1000, 3000], { ranges: false }));
    expect(await fetched()).toEqual(bytes);
  });

  it('never mix two files, also where a page may not ask If-Range', async () => {
    const other = { bytes: Buffer.from(bytes).reverse(), etag: '"two"' };
    server = await serve(cutting((answer) => (answer === 0 ? file : other), [1000]));
    expect(await fetched({}, { isPage: true })).toEqual(other.bytes);
    expect(server.asked.every(({ headers }) => headers['if-range'] === undefined)).toBe(true);
  });

  it('are the same however often and wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        server = await serve(cutting(() => file, cuts));
        const found = await fetched({}, { pause: 0 }).finally(() => server.close());
        expect(found.equals(bytes)).toBe(true);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('are given up where no further try brings more, with what came', async () => {
    server = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': 5000 });
      sendAndCut(response, bytes.subarray(0, 100));
    });
    expect(await errorOf(fetched())).toMatchObject({
      kind: 'network',
      problem: 'The answer was cut off after 100 of 5000 bytes, also when it was asked for again.',
      place: { file: `${server.origin}/prices.csv` },
    });
  });

  it('packed for the way are unpacked; those that only claim to be are refused', async () => {
    const packed = gzipSync(bytes);
    server = await serve((_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': packed.length });
      response.end(packed);
    });
    expect(await fetched()).toEqual(bytes);
    server.close();
    server = await serve((_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bytes);
    });
    expect((await errorOf(fetched())).problem).toMatch(/packed as gzip, and is not/);
  });
});

describe('pauses', () => {
  const after = (retryAfter: () => string, status = 429) => {
    let answers = 0;
    return serve((_, response) => {
      if (answers++ > 0) response.end(bytes);
      else response.writeHead(status, { 'Retry-After': retryAfter() }).end('slower, please');
    });
  };

  it.each([
    ['seconds', 429, () => '1'],
    ['a date', 503, () => new Date(Date.now() + 2000).toUTCString()],
  ])('last as long as Retry-After asks, in %s', async (_, status, retryAfter) => {
    server = await after(retryAfter, status);
    const began = performance.now();
    expect(await fetched()).toEqual(bytes);
    expect(performance.now() - began).toBeGreaterThan(400);
  });

  it('are cut to what a person waits', async () => {
    server = await after(() => '3600');
    expect(await fetched({}, { longestRetryAfter: 20 })).toEqual(bytes);
  });

  it('end in words that say how long to wait', async () => {
    server = await serve((_, response) => {
      response.writeHead(429, { 'Retry-After': '3600' }).end();
    });
    const { problem, remedy } = await errorOf(fetched({}, { longestRetryAfter: 1 }));
    expect([problem, remedy]).toEqual([
      `${server.origin} was called too often (status 429).`,
      'Wait as long as it asks (3600 seconds), then try again.',
    ]);
    expect(server.asked).toHaveLength(5);
  });
});

describe('answers that are none', () => {
  it.each([
    [401, /asks who is calling/, 1],
    [403, /does not give this/, 1],
    [404, /nothing at this address/, 1],
    [410, /gone for good/, 1],
    [500, /trouble of its own/, 5],
    [503, /trouble of its own/, 5],
  ])('status %i', async (status, words, calls) => {
    server = await serve((_, response) => {
      response.writeHead(status).end('no, see http://docs.example/?key=hunter2');
    });
    const error = await errorOf(fetched());
    expect(error.problem).toMatch(words);
    expect(error.remedy).not.toBe('');
    expect(error.place?.value).toBe('no, see http://docs.example/?…');
    expect(server.asked).toHaveLength(calls);
  });

  it('a secret that the other side echoes, plain or as an address writes it, stands in no error', async () => {
    server = await serve((_, response) => {
      response.writeHead(403).end('bad key s3cr3t/k+y, s3cr3t%2Fk%2By, czNjcjN0L2sreQ==');
    });
    const error = JSON.stringify(await errorOf(fetched({ secrets: ['s3cr3t/k+y'] })));
    expect(error).toContain('bad key …');
    expect(error).not.toMatch(/s3cr3t|czNjcjN0/);
  });

  it.each([
    ['by its type', 'text/html; charset=utf-8', 'date,open'],
    ['by its beginning', 'text/csv', '\n<!DOCTYPE html><title>Log in</title>'],
  ])('a web page with status 200, %s', async (_, type, body) => {
    server = await serve((_, response) => {
      response.writeHead(200, { 'Content-Type': type }).end(body);
    });
    expect((await errorOf(fetched())).problem).toMatch(/^This is a web page/);
    expect(server.asked).toHaveLength(1);
  });

  it('nothing, and more than is read', async () => {
    server = await serve((_, response) => response.end());
    expect((await errorOf(fetched())).problem).toBe('The answer is empty.');
    server.close();
    server = await serve((_, response) => response.end(bytes));
    expect((await errorOf(fetched({ most: 100 }))).problem).toMatch(
      /^This has more than 100 bytes/,
    );
    server.close();
    server = await serve((_, response) => {
      response.write(bytes);
      response.end(bytes);
    });
    expect((await errorOf(fetched({ most: 100 }))).problem).toMatch(
      /^This has more than 100 bytes/,
    );
  });

  it('redirects within the origin are followed, to another one named and refused', async () => {
    server = await serve(({ url }, response) => {
      if (url === '/new.csv') response.end(bytes);
      else response.writeHead(302, { Location: '/new.csv' }).end();
    });
    expect(await fetched()).toEqual(bytes);
    server.close();
    server = await serve((_, response) => {
      response.writeHead(301, { Location: 'https://elsewhere.example/p.csv?token=hunter2' }).end();
    });
    const error = await errorOf(fetched());
    expect(error.problem).toContain('sends callers to another place: https://elsewhere.example.');
    expect(error.remedy).toContain('https://elsewhere.example/p.csv.');
    expect(JSON.stringify(error)).not.toContain('hunter2');
    server.close();
    server = await serve((_, response) => response.writeHead(302, { Location: '/' }).end());
    expect((await errorOf(fetched())).problem).toMatch(/in a circle/);
  });

  it('silence before an answer, and in the middle of one', async () => {
    server = await serve(() => undefined);
    expect((await errorOf(fetched({}, { patience: 40 }))).problem).toMatch(
      /did not answer within 0.04 seconds/,
    );
    expect(server.asked).toHaveLength(3);
    server.close();
    server = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': 5000 });
      response.write(bytes.subarray(0, 100));
    });
    expect((await errorOf(fetched({}, { patience: 200 }))).problem).toMatch(
      /^The answer stalled after 100 of 5000 bytes/,
    );
  });

  it('a place where nothing listens: the command knows why, a page cannot', async () => {
    server = await serve(() => undefined);
    server.close();
    expect((await errorOf(fetched())).problem).toContain('ECONNREFUSED');
    const page = await errorOf(fetched({}, { isPage: true }));
    expect(page.problem).toMatch(/nothing listens there, or it does not allow pages .*CORS/);
    expect(page.remedy).toContain('outsample fetch');
    const secure = await errorOf(fetched({}, { isPage: true, isSecurePage: true }));
    expect(secure.problem).toContain('may not call plain http');
  });

  it('addresses with a password are not called', async () => {
    server = await serve(() => undefined);
    const address = server.origin.replace('//', '//me:hunter2@');
    expect(await errorOf(fetched({ address }))).toMatchObject({
      remedy: `Write it without: ${server.origin}.`,
    });
    expect(server.asked).toEqual([]);
  });
});

describe('a cancel', () => {
  it.each(['before', 'while nothing answers', 'in the middle', 'in a pause'])(
    'ends it at once: %s',
    async (when) => {
      server = await serve((_, response) => {
        if (when === 'in the middle') {
          response.writeHead(200, { 'Content-Length': 5000 });
          response.write(bytes.subarray(0, 100));
        }
        if (when === 'in a pause') response.writeHead(503, { 'Retry-After': '50' }).end();
      });
      const controller = new AbortController();
      if (when === 'before') controller.abort();
      else setTimeout(() => controller.abort(), 60);
      const began = performance.now();
      const error = await errorOf(fetched({ signal: controller.signal }));
      expect(error.kind).toBe('cancelled');
      expect(performance.now() - began).toBeLessThan(500);
    },
  );
});
