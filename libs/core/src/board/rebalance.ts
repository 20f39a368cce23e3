/** Somebody of a team, and what he carries. */
export interface Carrier {
  id: string;
  /** may be given cases: he is there */
  takes: boolean;
  /** how many he can carry */
  limit: number;
  /** open cases, those of other teams too */
  load: number;
}

/** A case of the team that somebody has. */
export interface CarriedCase {
  id: string;
  agentId: string;
  /** somebody has answered already: it moves only when nothing else can */
  begun: boolean;
  /** since when its customer waits; milliseconds since 1970, null = he does not */
  waitingSince: number | null;
}

export interface ProposedMove {
  caseId: string;
  from: string;
  to: string;
}

/**
 * Which cases would have to move for a team to be evenly loaded, as a share of what each can carry. Whoever is not there
 * gives away all whose customers wait; nobody gets more than he can carry. Cases that nobody has begun move first, and of
 * these the ones that wait longest.
 */
export function rebalance(cases: readonly CarriedCase[], carriers: readonly Carrier[]): ProposedMove[] {
  const load = new Map(carriers.map(({ id, load: n }) => [id, n]));
  const movable = new Map(
    carriers.map((carrier) => [
      carrier.id,
      cases
        .filter((c) => c.agentId === carrier.id && (carrier.takes || c.waitingSince !== null))
        .toSorted((a, b) => Number(a.begun) - Number(b.begun) || waits(a) - waits(b)),
    ]),
  );
  const share = ({ id, limit }: Carrier, more = 0): number =>
    limit === 0 ? Infinity : (load.get(id)! + more) / limit;
  const moves: ProposedMove[] = [];
  for (;;) {
    const takers = carriers.filter((one) => one.takes && load.get(one.id)! < one.limit);
    const to = lowest(takers, (one) => share(one, 1));
    const givers = carriers.filter((one) => one !== to && movable.get(one.id)!.length > 0);
    const from = lowest(givers, (one) => (one.takes ? -share(one) : -Infinity));
    if (!to || !from) return moves;
    // Between two who are there it has to become more even, or it would go back and forth.
    if (from.takes && share(from) <= share(to, 1)) return moves;
    const chosen = movable.get(from.id)!.shift()!;
    moves.push({ caseId: chosen.id, from: from.id, to: to.id });
    load.set(from.id, load.get(from.id)! - 1);
    load.set(to.id, load.get(to.id)! + 1);
  }
}

function waits({ waitingSince }: CarriedCase): number {
  return waitingSince ?? Infinity;
}

function lowest<T>(items: readonly T[], of: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || of(item) < of(best) ? item : best),
    undefined,
  );
}
