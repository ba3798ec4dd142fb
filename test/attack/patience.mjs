import { availableParallelism, loadavg } from 'node:os';

/** How many times longer everything lasts here than on an idle machine. Windows tells no load: there it is always 1. */
const busy = () => Math.max(1, (2 * (loadavg()[0] ?? 0)) / availableParallelism());

/**
 * Milliseconds that so many seconds of an idle machine may last here.
 * @param {number} seconds
 */
export const patient = (seconds) => 1000 * seconds * busy();

/**
 * Seconds of a core that a case may take, of so many on an idle machine; where many share its caches, the same work
 * takes up to three times as many.
 */
export const mostOfCore = (seconds = 10) => seconds * Math.min(3, busy());

/** Bytes that a case may take. */
export const mostMemory = 2e9;
