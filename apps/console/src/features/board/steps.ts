/** From card to card by the arrow keys: along a lane, and to the same place in the next lane that has cards. */
export function stepTo(board: HTMLElement, from: HTMLElement, key: string): void {
  const cardsOf = (lane: Element) => [...lane.querySelectorAll<HTMLElement>('[data-card]')];
  const lane = from.closest('[data-lane]');
  if (!lane) return;
  const cards = cardsOf(lane);
  const at = cards.indexOf(from);
  const across = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (across !== undefined) return cards[at + across]?.focus();
  // lanes are drawn where they stand, and stand in the document in the order in which they came into view
  const lanes = [...board.querySelectorAll('[data-lane]')]
    .filter((one) => cardsOf(one).length > 0)
    .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const next = lanes[lanes.indexOf(lane) + (key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  const there = cardsOf(next);
  there[Math.min(at, there.length - 1)]?.focus();
}
