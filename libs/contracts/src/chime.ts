/**
 * What sounds when something has come in, for the desk and for a visitor alike: two soft notes, made where they sound.
 * Seconds and hertz; `volume` is that of a `GainNode`.
 */
export const chime = {
  notes: [
    { at: 0, hertz: 660 },
    { at: 0.11, hertz: 880 },
  ],
  /** how long a note swells, and when nothing of it is left */
  swell: 0.015,
  fade: 0.3,
  volume: 0.1,
  /** a gain can only come close to nothing */
  silence: 0.0001,
} as const;
