/**
 * Loket design tokens. The only file that holds a colour, a size or a duration.
 * Components read `--lk-*` custom properties; Mantine components read the theme below.
 */
import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  Drawer,
  Input,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** "Laut" (sea): the one accent. Petrol, so that it sits apart from every channel colour. */
const laut: MantineColorsTuple = [
  '#e9f4f5',
  '#d3e8ea',
  '#a9d1d6',
  '#7cb9c0',
  '#559fa9',
  '#34848f',
  '#1c7583',
  '#0b6374',
  '#08505e',
  '#063f4a',
];
const grey: MantineColorsTuple = [
  '#f8f7f5',
  '#f3f2ef',
  '#e8e6e1',
  '#d6d3cc',
  '#b5b3ac',
  '#8b8f90',
  '#676d71',
  '#4c5255',
  '#33383b',
  '#1d2123',
];
const dark: MantineColorsTuple = [
  '#e6e8e7',
  '#b3babc',
  '#949da1',
  '#6d767a',
  '#3b4246',
  '#2b3033',
  '#212629',
  '#191c1e',
  '#131617',
  '#0e1011',
];

export const light = {
  bg: '#f5f4f1',
  surface: '#ffffff',
  raised: '#ffffff',
  subtle: '#faf9f7',
  hover: '#f1f0ec',
  // the chosen line of what floats above the page, which is lighter than the page at night
  'hover-raised': '#f1f0ec',
  press: '#e9e7e2',
  selected: '#e5f0f1',
  line: '#e8e6e1',
  'line-strong': '#d3d0c8',
  field: '#ffffff',
  text: '#1d2123',
  'text-2': '#4f5659',
  'text-3': '#676d71',
  accent: '#0b6374',
  'accent-hover': '#08505e',
  'accent-text': '#0b6374',
  'accent-soft': '#e5f0f1',
  'on-accent': '#ffffff',
  danger: '#b3261e',
  'danger-soft': '#fbeceb',
  warn: '#855000',
  'warn-soft': '#fcf2de',
  ok: '#1a7045',
  'ok-soft': '#e7f3eb',
  note: '#fdf7e6',
  'note-line': '#ecdfb8',
  'note-text': '#6b4f0a',
  out: '#e9f1f2',
  in: '#f3f2ef',
  seg: '#efeeea',
  'seg-on': '#ffffff',
  'ch-wa': '#17803f',
  'ch-mail': '#2f63bf',
  'ch-chat': '#7748b8',
  'ch-call': '#a8500c',
  scrim: 'rgba(29, 33, 35, 0.32)',
  'shadow-pop': '0 1px 2px rgba(29,33,35,.06), 0 8px 28px rgba(29,33,35,.12)',
  'shadow-dialog': '0 2px 6px rgba(29,33,35,.08), 0 24px 64px rgba(29,33,35,.18)',
};

export const night: typeof light = {
  bg: '#121415',
  surface: '#191c1e',
  raised: '#202426',
  subtle: '#1d2022',
  hover: '#232829',
  'hover-raised': '#2f3538',
  press: '#2a2f31',
  selected: '#1a2c32',
  line: '#292e30',
  'line-strong': '#3b4246',
  field: '#151819',
  text: '#e6e8e7',
  'text-2': '#b3babc',
  'text-3': '#949da1',
  accent: '#1a7687',
  'accent-hover': '#1d7f91',
  'accent-text': '#6fc5d2',
  'accent-soft': '#17313a',
  'on-accent': '#ffffff',
  danger: '#f2897f',
  'danger-soft': '#3b2120',
  warn: '#e2b362',
  'warn-soft': '#352a14',
  ok: '#72c898',
  'ok-soft': '#1a3326',
  note: '#272215',
  'note-line': '#4a4023',
  'note-text': '#e4c77f',
  out: '#1d2f35',
  in: '#24292b',
  seg: '#121415',
  'seg-on': '#2f3537',
  'ch-wa': '#55c483',
  'ch-mail': '#84abf5',
  'ch-chat': '#b99cf2',
  'ch-call': '#e8a566',
  scrim: 'rgba(0, 0, 0, 0.56)',
  'shadow-pop': '0 0 0 1px rgba(255,255,255,.04), 0 10px 30px rgba(0,0,0,.5)',
  'shadow-dialog': '0 0 0 1px rgba(255,255,255,.05), 0 28px 70px rgba(0,0,0,.6)',
};

/** Sizes and motion shared by both themes. */
export const fixed = {
  rail: '212px',
  'rail-mini': '56px',
  list: '344px',
  panel: '304px',
  bar: '52px',
  measure: '68ch',
  'r-s': '4px',
  'r-m': '6px',
  'r-l': '10px',
  'r-xl': '14px',
  fast: '90ms',
  move: '160ms',
  ease: 'cubic-bezier(.2,.7,.3,1)',
};

export const resolver: CSSVariablesResolver = () => {
  const vars = (set: Record<string, string>) =>
    Object.fromEntries(Object.entries(set).map(([k, v]) => [`--lk-${k}`, v]));
  const bridge = {
    '--mantine-color-body': 'var(--lk-surface)',
    '--mantine-color-text': 'var(--lk-text)',
    '--mantine-color-dimmed': 'var(--lk-text-3)',
    '--mantine-color-default': 'var(--lk-surface)',
    '--mantine-color-default-hover': 'var(--lk-hover)',
    '--mantine-color-default-border': 'var(--lk-line-strong)',
    '--mantine-color-default-color': 'var(--lk-text)',
    '--mantine-color-placeholder': 'var(--lk-text-3)',
    '--mantine-color-anchor': 'var(--lk-accent-text)',
    '--mantine-color-error': 'var(--lk-danger)',
  };
  return {
    variables: vars(fixed),
    light: { ...vars(light), ...bridge },
    dark: { ...vars(night), ...bridge },
  };
};

export const theme = createTheme({
  primaryColor: 'laut',
  primaryShade: { light: 7, dark: 6 },
  colors: { laut, gray: grey, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '620' },
  fontSizes: { xs: '11.5px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.3' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '14px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_t, p) => ({
        root: {
          '--button-height': p.size === 'md' ? '38px' : p.size === 'xs' ? '26px' : '32px',
          '--button-fz': p.size === 'xs' ? '12.5px' : '13px',
          '--button-padding-x': p.size === 'xs' ? '10px' : '13px',
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Checkbox: Checkbox.extend({ defaultProps: { radius: 'xs' } }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      // as high as the buttons beside them
      vars: (_t, p) => ({ wrapper: p.size === 'sm' ? { '--input-height': '32px' } : {} }),
    }),
    // what a field is for stands below it, as does what is wrong with it
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, withArrow: false, transitionProps: { duration: 90 } },
    }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: { duration: 120, transition: 'fade' },
        overlayProps: { backgroundOpacity: 1, color: 'var(--lk-scrim)' },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        transitionProps: { duration: 160 },
        overlayProps: { backgroundOpacity: 1, color: 'var(--lk-scrim)' },
      },
    }),
    Menu: Menu.extend({
      defaultProps: { withInitialFocusPlaceholder: false, transitionProps: { duration: 90 }, shadow: 'none' },
    }),
    // gone at once: as long as it fades it would keep the keys for itself
    Popover: Popover.extend({
      defaultProps: { transitionProps: { duration: 90, exitDuration: 0 }, shadow: 'none' },
    }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
  },
});
