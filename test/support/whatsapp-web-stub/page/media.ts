import { blobs } from './account.js';
import { hide, Model } from './emitter.js';
import { faults } from './faults.js';

class OpaqueData {
  constructor(
    readonly blob: File,
    readonly type: string,
  ) {}

  static createFromData(data: File | OpaqueData, type: string): Promise<OpaqueData> {
    return Promise.resolve(new OpaqueData(data instanceof OpaqueData ? data.blob : data, type));
  }

  url(): string {
    return 'blob:stub';
  }

  autorelease(): void {}

  formData(): File {
    return this.blob;
  }
}

interface MediaObject {
  filehash: string;
  size: number;
  type: string;
  contentInfo: object;
  consolidate: () => void;
}
const mediaObjects = new Map<string, MediaObject>();

interface Preparation {
  asDocument?: boolean;
  isPtt?: boolean;
  asSticker?: boolean;
  asGif?: boolean;
}

function kindOf(mimetype: string, { asDocument, isPtt, asSticker }: Preparation): string {
  if (asDocument) return 'document';
  if (isPtt) return 'ptt';
  if (asSticker) return 'sticker';
  return /^(image|video|audio)\//.exec(mimetype)?.[1] ?? 'document';
}

export async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

async function prepare(data: OpaqueData, wanted: Preparation): Promise<Model> {
  const bytes = await data.blob.arrayBuffer();
  const filehash = await hashOf(bytes);
  const type = kindOf(data.type, wanted);
  const media = new Model({
    type,
    filehash,
    mimetype: data.type,
    size: bytes.byteLength,
    filename: data.blob.name,
    isGif: Boolean(wanted.asGif),
  });
  hide(media, 'mediaBlob', data);
  hide(media, 'renderableUrl', undefined);
  blobs.set(filehash, bytes);
  mediaObjects.set(filehash, {
    filehash,
    size: bytes.byteLength,
    type,
    contentInfo: {},
    consolidate: () => undefined,
  });
  return media;
}

/** The modules through which files come and go. */
export const mediaModules = {
  WAWebMediaOpaqueData: OpaqueData,
  WAWebPrepRawMedia: {
    prepRawMedia: (data: OpaqueData, wanted: Preparation) => ({ waitForPrep: () => prepare(data, wanted) }),
  },
  WAWebMediaStorage: { getOrCreateMediaObject: (filehash: string) => mediaObjects.get(filehash) },
  WAWebMmsMediaTypes: {
    msgToMediaType: ({ type }: { type: string }) => type,
    castToV4: (type: string) => type,
  },
  WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
  WAWebMediaMmsV4Upload: {
    uploadMedia: ({ mediaObject }: { mediaObject: MediaObject }) => {
      if (faults.take('upload')) return Promise.resolve({ mediaEntry: null });
      const directPath = `/v/${mediaObject.filehash}`;
      return Promise.resolve({
        mediaEntry: {
          mmsUrl: 'https://mmg.stub/x',
          directPath,
          mediaKey: 'k',
          encFilehash: 'e',
          uploadHash: 'u',
        },
      });
    },
  },
  WAWebDownloadManager: {
    downloadManager: {
      downloadAndMaybeDecrypt: ({ filehash }: { filehash: string }) => {
        const bytes = blobs.get(filehash);
        return bytes
          ? Promise.resolve(bytes)
          : Promise.reject(Object.assign(new Error('404'), { status: 404 }));
      },
    },
  },
};
