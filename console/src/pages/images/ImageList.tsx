// The images from which servers are made: those of the project and those that are offered to all.
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeVisibility, deleteImage, type Image, type Visibility } from '../../api/image';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { useNotices } from '../../app/notices';
import { useMay } from '../../app/rights';
import { CommandsButton } from '../../ui/CommandsButton';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';
import { ImageLook } from './ImageLook';
import { UploadImage } from './UploadImage';

const SIGNS = {
  active: 'success',
  queued: 'pending',
  saving: 'in-progress',
  importing: 'in-progress',
  deactivated: 'stopped',
  killed: 'error',
} as const satisfies Record<string, StatusIndicatorProps.Type>;

const VISIBILITIES: readonly Visibility[] = ['private', 'shared', 'community', 'public'];

export default function ImageList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.images') });
  const client = useQueryClient();
  const { failed } = useNotices();
  const may = useMay();
  const images = useQuery(queries.images());
  const columns = useColumns();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<'upload' | 'delete' | null>(null);
  const chosen = (images.data ?? []).filter((image) => selected.includes(image.id));
  const close = () => setOpen(null);
  useAsked((ask, id) => {
    setSelected(id ? [id] : []);
    if (ask === 'upload' || ask === 'delete') setOpen(ask);
  }, images.isSuccess);
  const refresh = () => client.invalidateQueries({ queryKey: ['images'] });
  const show = async (visibility: Visibility) => {
    for (const image of chosen) {
      await changeVisibility(image.id, visibility).catch((error: unknown) => failed(t('images.visibilityFailed', { name: image.name ?? image.id }), error));
    }
    await refresh();
  };
  const shownActs = VISIBILITIES.filter((visibility) => visibility !== 'public' || may('image:image:publicize')).map((visibility) => ({
    text: t(`images.visibilities.${visibility}`),
    acts: chosen.map((image) => changeVisibility.describe(image.id, visibility)),
  }));
  return (
    <>
      <ResourceTable<Image>
        id="images"
        title={t('nav.images')}
        description={t('images.text')}
        items={images.data}
        error={images.error}
        refreshing={false}
        onRefresh={() => void images.refetch()}
        columns={columns}
        trackBy={(image) => image.id}
        historyOf={(image) => image.id}
        label={(image) => image.name ?? image.id}
        selected={chosen}
        onSelect={(items) => setSelected(items.map((item) => item.id))}
        look={(image) => <ImageLook image={image} />}
        change="image:image:create"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {chosen.length > 0 && <CommandsButton actions={shownActs} />}
            <ButtonDropdown
              expandToViewport
              disabled={chosen.length === 0}
              items={VISIBILITIES.map((visibility) => ({
                id: visibility,
                text: t(`images.visibilities.${visibility}`),
                description: t(`images.visibilityTexts.${visibility}`),
                disabled: visibility === 'public' && !may('image:image:publicize'),
                disabledReason: t('images.publicOperator'),
              }))}
              onItemClick={({ detail }) => void show(detail.id as Visibility)}
            >
              {t('images.visibility')}
            </ButtonDropdown>
            <Button disabled={chosen.length === 0 || chosen.some((image) => image.protected)} onClick={() => setOpen('delete')}>
              {t('common.delete')}
            </Button>
            <Button variant="primary" iconName="upload" onClick={() => setOpen('upload')}>
              {t('images.upload.button')}
            </Button>
          </SpaceBetween>
        }
        empty={{
          title: t('images.empty.title'),
          text: t('images.empty.text'),
          action: <Button onClick={() => setOpen('upload')}>{t('images.upload.button')}</Button>,
        }}
      />
      {open === 'upload' && <UploadImage onClose={close} />}
      {open === 'delete' && (
        <DeleteDialog
          title={t('images.deleteTitle')}
          warning={t('images.deleteText')}
          items={chosen}
          idOf={(image) => image.id}
          nameOf={(image) => image.name ?? image.id}
          typed
          onClose={close}
          acts={chosen.map((image) => deleteImage.describe(image.id))}
          remove={(image) => deleteImage(image.id)}
          onGone={refresh}
        />
      )}
    </>
  );
}

function useColumns(): readonly Column<Image>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const state = (image: Image) => (image.status in SIGNS ? t(`images.states.${image.status as keyof typeof SIGNS}`) : image.status);
    const sign = (image: Image): StatusIndicatorProps.Type => SIGNS[image.status as keyof typeof SIGNS] ?? 'info';
    const hash = (image: Image) => image.os_hash_value ?? image.checksum ?? '';
    return [
      { id: 'name', header: t('images.name'), value: (image) => image.name ?? image.id, cell: (image) => image.name ?? image.id },
      {
        id: 'status',
        header: t('servers.status'),
        value: (image) => image.status,
        words: Object.fromEntries((Object.keys(SIGNS) as (keyof typeof SIGNS)[]).map((status) => [status, t(`images.states.${status}`)])),
        cell: (image) => <StatusIndicator type={sign(image)}>{state(image)}</StatusIndicator>,
      },
      {
        id: 'visibility',
        header: t('images.visibility'),
        value: (image) => image.visibility,
        words: Object.fromEntries(VISIBILITIES.map((visibility) => [visibility, t(`images.visibilities.${visibility}`)])),
        cell: (image) => t(`images.visibilities.${image.visibility}`),
      },
      { id: 'format', header: t('images.format'), value: (image) => image.disk_format ?? '', cell: (image) => image.disk_format ?? '–' },
      {
        id: 'size',
        header: t('images.size'),
        value: (image) => image.size ?? 0,
        cell: (image) => (image.size === null ? '–' : format.bytes(image.size)),
      },
      {
        id: 'virtual',
        header: t('images.virtualSize'),
        value: (image) => image.virtual_size ?? 0,
        cell: (image) => (image.virtual_size ? format.bytes(image.virtual_size) : '–'),
        hidden: true,
      },
      {
        id: 'minDisk',
        header: t('images.minDisk'),
        value: (image) => image.min_disk,
        cell: (image) => (image.min_disk > 0 ? format.gib(image.min_disk) : '–'),
      },
      { id: 'created', header: t('servers.created'), value: (image) => image.created_at, cell: (image) => format.time(image.created_at) },
      { id: 'hash', header: t('images.hash'), value: hash, cell: (image) => <code>{hash(image).slice(0, 24)}</code>, hidden: true },
      { id: 'id', header: t('common.id'), value: (image) => image.id, cell: (image) => image.id, hidden: true },
    ];
  }, [format, t]);
}
