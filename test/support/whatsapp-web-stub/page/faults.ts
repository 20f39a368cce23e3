export type Fault = 'send' | 'upload' | 'hang';

const waiting = new Set<Fault>();

/** Faults that the test asked for; each happens once. */
export const faults = {
  plan: (fault: Fault): void => void waiting.add(fault),
  take: (fault: Fault): boolean => waiting.delete(fault),
};
