let audio: AudioContext | undefined;

/** Two soft notes, made on the spot. Silent where the browser does not allow sound (yet). */
export function chime(): void {
  try {
    audio ??= new AudioContext();
    const now = audio.currentTime;
    for (const [pitch, at] of [
      [659, 0],
      [880, 0.11],
    ] as const) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, now + at);
      volume.gain.linearRampToValueAtTime(0.08, now + at + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.0001, now + at + 0.28);
      tone.connect(volume).connect(audio.destination);
      tone.start(now + at);
      tone.stop(now + at + 0.3);
    }
    void audio.resume().catch(() => undefined);
  } catch {
    // a browser without sound is a browser all the same
  }
}
