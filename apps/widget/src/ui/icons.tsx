const Icon = ({ d, size = 20 }: { d: string; size?: number }) => (
  <svg
    viewBox="0 0 24 24"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={d} />
  </svg>
);

export const ChatIcon = () => (
  <Icon
    size={26}
    d="M21 11.5a8 8 0 0 1-8.2 8 9.4 9.4 0 0 1-3.6-.7L4 20l1.3-4A7.6 7.6 0 0 1 4 11.5a8 8 0 0 1 8.3-8A8.3 8.3 0 0 1 21 11.5ZM8.5 10h7M8.5 13.5h4.5"
  />
);
export const DownIcon = () => <Icon size={24} d="m6 9 6 6 6-6" />;
export const MinusIcon = () => <Icon size={18} d="M5 12h14" />;
export const ClipIcon = () => (
  <Icon d="m15 7-6.5 6.5a1.5 1.5 0 0 0 3 3L18 10a3 3 0 0 0-6-6l-6.5 6.5a4.5 4.5 0 0 0 9 9L21 13" />
);
export const SmileIcon = () => (
  <Icon d="M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM9 10h.01M15 10h.01M9 15a4 4 0 0 0 6 0" />
);
export const SendIcon = () => <Icon d="M4.7 5.2 20 12 4.7 18.8 7 12ZM7 12h6" />;
export const CrossIcon = () => <Icon size={14} d="M6 6l12 12M18 6 6 18" />;
export const FileIcon = () => (
  <Icon d="M14 3v5h5M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8Z" />
);
export const BellIcon = () => (
  <Icon
    size={18}
    d="M10 5a2 2 0 0 1 4 0 7 7 0 0 1 4 6v3a4 4 0 0 0 2 3H4a4 4 0 0 0 2-3v-3a7 7 0 0 1 4-6M9 17v1a3 3 0 0 0 6 0v-1"
  />
);
export const BellOffIcon = () => (
  <Icon
    size={18}
    d="M9.3 5.5A2 2 0 0 1 14 5a7 7 0 0 1 4 6v3M17 17H4a4 4 0 0 0 2-3v-3a7 7 0 0 1 1-3.6M9 17v1a3 3 0 0 0 6 0v-1M3 3l18 18"
  />
);
export const ClockIcon = () => <Icon size={14} d="M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM12 7v5l3 2" />;
export const TickIcon = () => <Icon size={14} d="m5 12 5 5L20 7" />;
export const TicksIcon = () => <Icon size={14} d="m2 12 5 5L17 7M12.5 16.5l.5.5L23 7" />;
export const AlertIcon = () => <Icon size={14} d="M12 8v4M12 16h.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z" />;
