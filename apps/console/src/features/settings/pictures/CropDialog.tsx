import { Button, Group, Slider } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { Dialog } from '../../../ui/Dialog.js';
import { showToast } from '../../../ui/toasts.js';
import base from '../components/settings.module.css';
import { useSetPicture } from './api.js';
import { middleOf, mostZoom, zoomed } from './crop.js';
import { CropFrame } from './CropFrame.js';
import { encodePicture, PictureFault } from './picture-file.js';
import s from './pictures.module.css';

interface CropDialogProps {
  agentId: string;
  image: ImageBitmap;
  onClose: () => void;
}

/** Chooses the square of a photo that becomes the picture, and sends it. */
export function CropDialog({ agentId, image, onClose }: CropDialogProps) {
  const { t } = useTranslation();
  const [crop, setCrop] = useState(() => middleOf(image));
  const [failed, setFailed] = useState(false);
  const set = useSetPicture(agentId);
  const save = async () => {
    setFailed(false);
    try {
      await set.mutateAsync(await encodePicture(image, crop));
      showToast({ text: t('settings.picture.saved') });
      onClose();
    } catch (error) {
      // what the server said stands in the mutation
      setFailed(error instanceof PictureFault);
    }
  };
  return (
    <Dialog onClose={onClose} title={t('settings.picture.crop')} steady width={368}>
      <CropFrame image={image} crop={crop} onCrop={setCrop} />
      <div className={s.zoom}>
        <IconPhoto size={14} stroke={1.8} aria-hidden />
        <Slider
          className={s.slider}
          min={1}
          max={mostZoom}
          step={0.05}
          value={crop.zoom}
          onChange={(zoom) => setCrop((now) => zoomed(image, now, zoom))}
          thumbLabel={t('settings.picture.zoom')}
          label={null}
          size={4}
          thumbSize={16}
        />
        <IconPhoto size={20} stroke={1.8} aria-hidden />
      </div>
      {(set.error !== null || failed) && (
        <p className={base.note} data-tone="danger" role="alert" style={{ marginTop: 12 }}>
          {failed ? t('settings.picture.fault.unreadable') : errorText(t, set.error)}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={18}>
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button loading={set.isPending} onClick={() => void save()}>
          {t('settings.picture.save')}
        </Button>
      </Group>
    </Dialog>
  );
}
