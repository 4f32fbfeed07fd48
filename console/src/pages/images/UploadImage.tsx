// Takes a disk image from the visitor's machine; looks into its head first, so that a file that cannot work is not sent for nothing.
import Checkbox from '@cloudscape-design/components/checkbox';
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpload } from '../../app/uploads';
import { Dialog } from '../../ui/Dialog';
import { useFormat } from '../../ui/useFormat';
import { describeUpload, type NewImage } from '../../api/image';
import { inspect, type Inspection } from './inspect';

export function UploadImage({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const upload = useUpload();
  const [file, setFile] = useState<File | null>(null);
  const [found, setFound] = useState<Inspection | null>(null);
  const [name, setName] = useState('');
  const [uefi, setUefi] = useState(false);
  const [minDisk, setMinDisk] = useState('');

  const choose = async (chosen: File | null) => {
    setFile(chosen);
    setFound(null);
    if (!chosen) return;
    if (name === '') setName(chosen.name.replace(/\.(qcow2|img|raw)$/i, ''));
    setFound(await inspect(chosen));
  };
  const formats = [
    { value: 'qcow2', label: 'QCOW2' },
    { value: 'raw', label: 'RAW' },
  ];
  const disk = Number(minDisk || '0');
  const diskWrong = !Number.isInteger(disk) || disk < 0 || disk > 65_536;
  const ready = file !== null && found !== null && found.problem === null && name.trim() !== '' && !diskWrong;
  const image = ({ format: kind }: Inspection): NewImage => ({
    name: name.trim(),
    disk_format: kind,
    container_format: 'bare',
    visibility: 'private',
    ...(disk > 0 ? { min_disk: disk } : {}),
    ...(uefi ? { hw_firmware_type: 'uefi' as const } : {}),
  });
  return (
    <Dialog
      title={t('images.upload.title')}
      submit={t('images.upload.submit')}
      disabled={!ready}
      onClose={onClose}
      acts={ready ? describeUpload(image(found), file.name) : []}
      onSubmit={async () => {
        if (!file || !found) return;
        await upload(image(found), file);
        onClose();
      }}
    >
      <FormField label={t('images.upload.file')} description={t('images.upload.fileHint')}>
        <FileUpload
          value={file ? [file] : []}
          onChange={({ detail }) => void choose(detail.value[0] ?? null)}
          accept=".qcow2,.img,.raw"
          showFileSize
          fileErrors={[found?.problem ? t(`images.upload.problems.${found.problem}`) : null]}
          i18nStrings={{
            uploadButtonText: () => t('images.upload.choose'),
            dropzoneText: () => t('images.upload.drop'),
            removeFileAriaLabel: () => t('images.upload.remove'),
            limitShowFewer: t('common.showLess'),
            limitShowMore: t('common.showMore'),
            errorIconAriaLabel: t('common.error'),
          }}
        />
      </FormField>
      <FormField label={t('images.name')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} spellcheck={false} />
      </FormField>
      <FormField
        label={t('images.format')}
        description={found?.virtualSize ? t('images.upload.found', { size: format.bytes(found.virtualSize) }) : t('images.upload.formatHint')}
      >
        <Select options={formats} selectedOption={formats.find((each) => each.value === found?.format) ?? null} disabled placeholder="–" />
      </FormField>
      <FormField label={t('images.minDisk')} description={t('images.minDiskHint')} errorText={diskWrong ? t('images.minDiskWrong') : ''}>
        <Input value={minDisk} onChange={({ detail }) => setMinDisk(detail.value)} inputMode="numeric" placeholder="0" />
      </FormField>
      <Checkbox checked={uefi} onChange={({ detail }) => setUefi(detail.checked)} description={t('images.upload.uefiHint')}>
        {t('images.upload.uefi')}
      </Checkbox>
    </Dialog>
  );
}
