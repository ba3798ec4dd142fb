declare module '*.sql?raw' {
  const text: string;
  export default text;
}

/** The bundled text of a thread: scripts/thread.mjs. */
declare module '*?thread' {
  const code: string;
  export default code;
}
