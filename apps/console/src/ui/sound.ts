import { chime } from '@loket/contracts/chime.js';

let context: AudioContext | undefined;

/**
 * The chime, made here: a file would have to be fetched just when it matters. Before the first click on a page browsers
 * let nothing sound; then it stays silent.
 */
export function playSound(): void {
  try {
    context ??= new AudioContext();
    const { currentTime: now } = context;
    void context.resume();
    for (const { at, hertz } of chime.notes) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0, now + at);
      volume.gain.linearRampToValueAtTime(chime.volume, now + at + chime.swell);
      volume.gain.exponentialRampToValueAtTime(chime.silence, now + at + chime.fade);
      tone.connect(volume).connect(context.destination);
      tone.start(now + at);
      tone.stop(now + at + chime.fade);
    }
  } catch {
    // no sound device, or none allowed
  }
}
