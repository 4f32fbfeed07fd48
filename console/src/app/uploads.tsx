// Image uploads: they go on, with their progress shown, while the visitor is on another page.
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { createImage, deleteImage, uploadImage, type NewImage } from '../api/image';
import { formatBytes } from '../ui/format';
import { useLanguage } from './language';
import { useNotices } from './notices';
import { usePieces, useUnfinished } from './unfinished';

type Upload = (image: NewImage, file: File) => Promise<void>;

const UploadsContext = createContext<Upload | null>(null);

export function UploadsProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { show, dismiss, failed } = useNotices();
  const client = useQueryClient();
  const pieces = usePieces();
  const running = useRef(0);
  useUnfinished();

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (running.current > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);

  const send = useCallback(
    async (id: string, image: NewImage, file: File) => {
      const cancel = new AbortController();
      const progress = (sent: number) => {
        const share = file.size === 0 ? 100 : Math.floor((100 * sent) / file.size);
        show({
          id,
          type: 'in-progress',
          loading: true,
          content: (
            <ProgressBar
              variant="flash"
              value={share}
              label={t('images.upload.going', { name: image.name })}
              description={t(share < 100 ? 'images.upload.sent' : 'images.upload.checking', {
                sent: formatBytes(sent, language),
                size: formatBytes(file.size, language),
              })}
            />
          ),
          action: <Button onClick={() => cancel.abort()}>{t('common.cancel')}</Button>,
        });
      };
      running.current++;
      pieces.begun(id, 'upload', image.name);
      progress(0);
      try {
        await uploadImage(id, file, progress, cancel.signal);
        show({ id, type: 'success', header: t('images.upload.done', { name: image.name }) });
      } catch (error) {
        dismiss(id);
        if (!cancel.signal.aborted) failed(t('images.upload.failed', { name: image.name }), error);
        await deleteImage(id).catch(() => undefined);
      } finally {
        running.current--;
        pieces.ended(id);
        void client.invalidateQueries({ queryKey: ['images'] });
      }
    },
    [client, dismiss, failed, language, pieces, show, t],
  );

  const upload = useCallback<Upload>(
    async (image, file) => {
      const { id } = await createImage(image);
      void client.invalidateQueries({ queryKey: ['images'] });
      void send(id, image, file);
    },
    [client, send],
  );
  return <UploadsContext value={upload}>{children}</UploadsContext>;
}

/** Registers an image and sends its file; settles when the image is registered, the sending goes on. */
export function useUpload(): Upload {
  const upload = useContext(UploadsContext);
  if (!upload) throw new Error('useUpload outside of UploadsProvider');
  return upload;
}
