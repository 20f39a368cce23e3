import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** True while keys are being pressed, and for 5 s after. */
export function useTyping(text: string): boolean {
  const [typing, setTyping] = useState(false);
  const before = useRef(text);
  useEffect(() => {
    if (before.current === text) return;
    before.current = text;
    if (text === '') return setTyping(false);
    setTyping(true);
    const timer = setTimeout(() => setTyping(false), 5000);
    return () => clearTimeout(timer);
  }, [text]);
  return typing;
}

/** The box is as tall as its text, up to two fifths of the window. */
export function useGrowing(
  area: { current: HTMLTextAreaElement | null },
  text: string,
  phone: boolean,
): void {
  useLayoutEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, window.innerHeight * (phone ? 0.3 : 0.4))}px`;
  }, [area, text, phone]);
}
