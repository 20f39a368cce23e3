import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { showToast } from '../../../ui/toasts.js';
import { useRemovePicture } from './api.js';
import { CropDialog } from './CropDialog.js';
import { PictureFault, readPicture } from './picture-file.js';

interface PictureChoice {
  /** opens the browser's own window for choosing a file; only from a click or a key */
  choose: () => void;
  remove: () => void;
  removing: boolean;
  /** to be rendered somewhere that stays */
  parts: ReactNode;
}

/** Everything that it takes to give somebody a picture, or to take it away. */
export function usePictureChoice(agentId: string): PictureChoice {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [image, setImage] = useState<ImageBitmap | null>(null);
  const removal = useRemovePicture(agentId);
  const read = async (file: File) => {
    try {
      setImage(await readPicture(file));
    } catch (error) {
      if (!(error instanceof PictureFault)) throw error;
      showToast({ tone: 'danger', text: t(`settings.picture.fault.${error.reason}`) });
    }
  };
  const close = () => {
    image?.close();
    setImage(null);
  };
  return {
    choose: () => input.current?.click(),
    remove: () =>
      removal.mutate(undefined, {
        onSuccess: () => showToast({ text: t('settings.picture.removed') }),
        onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }),
      }),
    removing: removal.isPending,
    parts: (
      <>
        <input
          ref={input}
          type="file"
          accept="image/*"
          hidden
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            // so that the same file can be chosen again
            currentTarget.value = '';
            if (file) void read(file);
          }}
        />
        {image && <CropDialog agentId={agentId} image={image} onClose={close} />}
      </>
    ),
  };
}
