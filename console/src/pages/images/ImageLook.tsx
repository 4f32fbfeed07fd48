// An image at a quick look, below the list.
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { explainImage, renameImage, type Image } from '../../api/image';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { EditInPlace } from '../../ui/EditInPlace';
import { Copied, Facts } from '../../ui/Facts';
import { useFormat } from '../../ui/useFormat';

export function ImageLook({ image }: { image: Image }) {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const client = useQueryClient();
  const fixed = !useMay()('image:image:create') || image.owner !== session.project?.id;
  const refresh = () => client.invalidateQueries({ queryKey: ['images'] });
  const hash = image.os_hash_value ?? image.checksum;
  return (
    <Facts
      id={image.id}
      facts={[
        {
          label: t('images.name'),
          value: (
            <EditInPlace
              label={t('images.name')}
              value={image.name ?? ''}
              disabled={fixed}
              required
              actOf={(name) => renameImage.describe(image.id, name)}
              onSave={async (name) => {
                await renameImage(image.id, name);
                await refresh();
              }}
            />
          ),
        },
        {
          label: t('servers.description'),
          value: (
            <EditInPlace
              label={t('servers.description')}
              value={image.description ?? ''}
              disabled={fixed}
              actOf={(description) => explainImage.describe(image, description)}
              onSave={async (description) => {
                await explainImage(image, description);
                await refresh();
              }}
            />
          ),
        },
        { label: t('images.visibility'), value: t(`images.visibilities.${image.visibility}`) },
        { label: t('images.format'), value: image.disk_format ?? '–' },
        { label: t('images.size'), value: image.size === null ? '–' : format.bytes(image.size) },
        { label: t('images.virtualSize'), value: image.virtual_size ? format.bytes(image.virtual_size) : '–' },
        { label: t('images.protected'), value: t(image.protected ? 'common.yes' : 'common.no') },
        { label: t('images.hash'), value: hash ? <Copied text={hash} what={t('images.hash')} /> : '–' },
        { label: t('servers.created'), value: format.time(image.created_at) },
      ]}
    />
  );
}
