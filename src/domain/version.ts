/** Version of the engine: everything that can change a digest. Digests change only when it does. */
export const engineVersion = '0.2.0';
