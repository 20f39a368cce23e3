import { createContext, useContext } from 'react';
import { createFormat, type Format } from './format.js';

/** Set by the app for the language and time zone of whoever is signed in. */
export const FormatContext = createContext<Format>(createFormat('id', 'Asia/Jakarta'));

export function useFormat(): Format {
  return useContext(FormatContext);
}
