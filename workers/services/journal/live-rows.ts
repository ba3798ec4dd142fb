import { type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { LiveState } from '../../../src/domain/live/account.ts';

/** What rows of live accounts hold that came from elsewhere: a file may have been written by anybody. */

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = (...words: readonly string[]) => Type.Union(words.map((word) => Type.Literal(word)));
const [text, number] = [Type.String(), Type.Number()];
const side = oneOf('buy', 'sell');

const account = Type.Object({
  ...{ id: text, study: text, studyDigest: text, signalsDigest: text, engine: text },
  ...{ broker: text, number: text, isReal: Type.Boolean(), startedAt: number, equity: number },
  unproven: orNull(text),
});

const order = Type.Object({
  ...{ clientId: text, symbol: text, side, quantity: number, kind: text, lasts: text },
  ...{ limit: orNull(number), stop: orNull(number), reduces: Type.Boolean() },
  pair: orNull(Type.Object({ stop: number, target: number })),
});

const intent = Type.Object({
  ...{ order, purpose: text, what: oneOf('entry', 'exit'), decidedAt: number },
  ...{ positionSide: Type.Union([Type.Literal(1), Type.Literal(-1)]), signalAt: orNull(number) },
  ...{ at: oneOf('open', 'inside', 'close'), reason: orNull(text), price: number, state: text },
  ...{ brokerId: orNull(text), filled: number, averagePrice: orNull(number), why: orNull(text) },
});

const simulated = Type.Object({
  ...{ side: Type.Union([Type.Literal(1), Type.Literal(-1)]), what: oneOf('entry', 'exit') },
  ...{ phase: oneOf('open', 'inside', 'close'), quantity: number, price: number, asked: number },
  ...{ commission: number, spread: number, slippage: number, impact: number, wanted: number },
  ...{ stopped: Type.Boolean(), waits: Type.Boolean(), ambiguous: Type.Boolean(), reason: text },
  ...{ signalAt: number, knownAt: number },
});

const fill = Type.Object({
  ...{ id: text, clientId: orNull(text), brokerId: text, symbol: text, side, quantity: number },
  ...{ price: number, commission: orNull(number), at: number },
  simulated: Type.Optional(simulated),
});

const event = Type.Object({
  ...{ at: number, kind: text, text, facts: Type.Record(text, number) },
});

const state = Type.Object({
  account,
  intents: Type.Array(intent),
  fills: Type.Array(fill),
  events: Type.Array(event),
});

/** Whether an account's rows hold what they should. */
export const isLiveState = (found: unknown): found is LiveState => Value.Check(state, found);
