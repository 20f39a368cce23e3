import {
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMicrophone,
  IconMusic,
  IconPhoto,
  IconSticker,
  IconVideo,
} from '@tabler/icons-react';
import { fileKind, type FileKind } from './file-kind.js';

const icons: Record<FileKind, typeof IconFile> = {
  document: IconFile,
  photo: IconPhoto,
  sticker: IconSticker,
  voice: IconMicrophone,
  audio: IconMusic,
  video: IconVideo,
};

function documentIcon(mediaType: string): typeof IconFile {
  if (mediaType.startsWith('image/')) return IconPhoto;
  if (mediaType.startsWith('audio/')) return IconMusic;
  if (mediaType.startsWith('video/')) return IconVideo;
  if (/pdf$/.test(mediaType)) return IconFileTypePdf;
  if (/zip|compressed|tar/.test(mediaType)) return IconFileZip;
  return /^text\/|word|document|sheet|excel/.test(mediaType) ? IconFileText : IconFile;
}

export function FileIcon({
  mediaType,
  name,
  size = 15,
}: {
  mediaType: string;
  name?: string | undefined;
  size?: number;
}) {
  const kind = fileKind(mediaType, name);
  const Icon = kind === 'document' ? documentIcon(mediaType) : icons[kind];
  return <Icon size={size} stroke={1.7} aria-hidden />;
}

/** Where only the kind is known: the file itself did not come. */
export function KindIcon({ kind, size = 15 }: { kind: FileKind; size?: number }) {
  const Icon = icons[kind];
  return <Icon size={size} stroke={1.7} aria-hidden />;
}
