// A console over the whole screen, with the keys that the browser else takes for itself (Esc, Ctrl+W, Alt+Tab), where it gives them away. Esc held down leads back.

interface Keyboard {
  lock: () => Promise<void>;
}

export async function fillScreen(frame: HTMLElement): Promise<void> {
  await frame.requestFullscreen();
  await (navigator as { keyboard?: Keyboard }).keyboard?.lock().catch(() => undefined);
}
