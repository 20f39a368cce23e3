let context: AudioContext | undefined;

/**
 * Two soft notes, made here: a file would have to be fetched just when it matters. Before the first click on a page
 * browsers let nothing sound; then it stays silent.
 */
export function playSound(): void {
  try {
    context ??= new AudioContext();
    const { currentTime: now } = context;
    void context.resume();
    for (const [at, pitch] of [
      [0, 660],
      [0.11, 880],
    ] as const) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, now + at);
      volume.gain.linearRampToValueAtTime(0.12, now + at + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.0001, now + at + 0.32);
      tone.connect(volume).connect(context.destination);
      tone.start(now + at);
      tone.stop(now + at + 0.35);
    }
  } catch {
    // no sound device, or none allowed
  }
}
