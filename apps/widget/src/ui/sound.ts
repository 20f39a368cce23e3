import { chime } from '@loket/contracts/chime.js';

let audio: AudioContext | undefined;

/** The chime, made on the spot. Silent where the browser does not allow sound (yet). */
export function playChime(): void {
  try {
    audio ??= new AudioContext();
    const now = audio.currentTime;
    for (const { at, hertz } of chime.notes) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0, now + at);
      volume.gain.linearRampToValueAtTime(chime.volume, now + at + chime.swell);
      volume.gain.exponentialRampToValueAtTime(chime.silence, now + at + chime.fade);
      tone.connect(volume).connect(audio.destination);
      tone.start(now + at);
      tone.stop(now + at + chime.fade);
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
    if (!looking) playChime();
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
