import { createContext, useContext } from 'react';

/** What the person at the board has in his hand, and what a card may tell of itself. */
export interface BoardHand {
  /** the card that keys are about; the one that Tab comes to */
  current: string | null;
  selected: ReadonlySet<string>;
  /** on their way, or proposed to move */
  moving: ReadonlySet<string>;
  focus: (caseId: string) => void;
  toggle: (caseId: string) => void;
  /** shows all about it beside the board */
  look: (caseId: string) => void;
  /** how many are being dragged; 0 = none */
  dragged: number;
}

export const HandContext = createContext<BoardHand>({
  current: null,
  selected: new Set(),
  moving: new Set(),
  focus: () => undefined,
  toggle: () => undefined,
  look: () => undefined,
  dragged: 0,
});
export const useBoardHand = (): BoardHand => useContext(HandContext);
