/** Presets of when an answer leaves. */
export const sendPresets = ['hour', 'tomorrow', 'monday'] as const;
export type SendPreset = (typeof sendPresets)[number];

const morning = 8;
const dayMs = 86_400_000;

/** What the clocks on the wall of a zone show, and by how much they are ahead of UTC then. */
function wall(at: Date, timeZone: string): { date: Date; offsetMs: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric' } as const),
    ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const date = new Date(
    Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')),
  );
  return { date, offsetMs: date.getTime() - Math.floor(at.getTime() / 1000) * 1000 };
}

/** The instant at which the clocks of a zone show this. Where they skip it, the one after. */
function instantOf(shown: Date, timeZone: string): Date {
  const guess = new Date(shown.getTime() - wall(shown, timeZone).offsetMs);
  return new Date(shown.getTime() - wall(guess, timeZone).offsetMs);
}

export function presetTime(preset: SendPreset, now: Date, timeZone: string): Date {
  if (preset === 'hour') return new Date(Math.ceil(now.getTime() / 60_000) * 60_000 + 3_600_000);
  const today = wall(now, timeZone).date;
  const days = preset === 'tomorrow' ? 1 : (8 - today.getUTCDay()) % 7 || 7;
  const day = new Date(today.getTime() + days * dayMs);
  day.setUTCHours(morning, 0, 0, 0);
  return instantOf(day, timeZone);
}

/** All of them, each time once: on a Sunday Monday is tomorrow. */
export function presetTimes(now: Date, timeZone: string): { preset: SendPreset; time: Date }[] {
  const all = sendPresets.map((preset) => ({ preset, time: presetTime(preset, now, timeZone) }));
  return all.filter(({ time }, at) => all.findIndex((one) => one.time.getTime() === time.getTime()) === at);
}

/** As `<input type="datetime-local">` holds it: `2026-11-23T08:00`, by the clocks of the zone. */
export function toField(at: Date, timeZone: string): string {
  return wall(at, timeZone).date.toISOString().slice(0, 16);
}

/** @returns null when it is no time, or none to come */
export function fromField(value: string, now: Date, timeZone: string): Date | null {
  const shown = new Date(`${value}:00Z`);
  if (Number.isNaN(shown.getTime())) return null;
  const at = instantOf(shown, timeZone);
  return at > now ? at : null;
}
