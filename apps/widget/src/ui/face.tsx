import { useState } from 'preact/hooks';
import { useChat } from './view.js';

interface FaceProps {
  name: string;
  /** path on the server */
  picture: string | null;
  size: number;
  online?: boolean;
}

/** Who it is: the picture, or the initials where there is none or it cannot be shown. */
export function Face({ name, picture, size, online }: FaceProps) {
  const { chat } = useChat();
  const [broken, setBroken] = useState<string | null>(null);
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toUpperCase();
  return (
    <span
      class="face"
      style={{ width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.36}px` }}
      aria-hidden="true"
    >
      {picture && broken !== picture ? (
        <img src={chat.address(picture)} alt="" onError={() => setBroken(picture)} />
      ) : (
        initials
      )}
      {online && <i />}
    </span>
  );
}
