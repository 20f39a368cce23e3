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

/** ms that a tab waits in which nobody looks at the chat, for one in which somebody does */
const waits = 200;
/** ms for which one arrival is dealt with; browsers let timers of hidden tabs run once a second */
const settled = 2000;

/** Sounds in one of the tabs, and in none while the visitor looks at the chat in one of them. */
export function ring(lock: string, looking: boolean): void {
  const sound = (): void => {
    if (!looking) chime();
  };
  if (!('locks' in navigator)) return sound();
  const take = (): void => {
    navigator.locks
      .request(lock, { ifAvailable: true }, async (got) => {
        if (!got) return;
        sound();
        await new Promise((done) => setTimeout(done, settled));
      })
      // denied where storage is blocked, and then there is no other tab either
      .catch(sound);
  };
  setTimeout(take, looking ? 0 : waits);
}
