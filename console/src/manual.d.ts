// What the build makes of docs/manual, see build/manual.mjs.
declare module 'virtual:manual/ja' {
  const manual: import('./pages/manual/manual').Manual;
  export default manual;
}

declare module 'virtual:manual/en' {
  const manual: import('./pages/manual/manual').Manual;
  export default manual;
}

declare module 'virtual:manual/revision' {
  /** By a section's id: the digests of its English and its Japanese text, twelve letters each. */
  const revision: Record<string, string>;
  export default revision;
}
