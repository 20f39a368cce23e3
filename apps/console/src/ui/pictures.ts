import { createContext, useContext } from 'react';

/** Addresses of pictures by agent. */
export type Pictures = ReadonlyMap<string, string>;

/** Set by the app, in step with what colleagues change. */
export const PicturesContext = createContext<Pictures>(new Map());

/** The picture of a colleague; null when he has none, or it is nobody of ours. */
export function usePicture(agentId: string | null | undefined): string | null {
  const pictures = useContext(PicturesContext);
  return (agentId && pictures.get(agentId)) || null;
}
