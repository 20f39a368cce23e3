import { createContext, useContext } from 'react';

/** Number of the case whose timeline is shown; what stands on a message may act on it. */
export const OpenCaseContext = createContext(0);

export const useOpenCase = (): number => useContext(OpenCaseContext);
