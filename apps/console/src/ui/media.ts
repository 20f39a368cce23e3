import { useMediaQuery } from '@mantine/hooks';

function useMin(width: number): boolean {
  return useMediaQuery(`(min-width: ${width}px)`, window.innerWidth >= width, {
    getInitialValueInEffect: false,
  });
}

/** One pane at a time. */
export const usePhone = () => !useMin(641);
/** Room for the full rail. */
export const useRoomy = () => useMin(1100);
/** Room for the customer panel beside the case. */
export const useWide = () => useMin(1280);
