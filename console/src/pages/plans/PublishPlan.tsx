// An operator publishes a version of a plan from a file. What is wrong in it is said before anything is published.
import Alert from '@cloudscape-design/components/alert';
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { publishPlan, describePublication } from '../../api/plans';
import { useLanguage } from '../../app/language';
import { useNotices } from '../../app/notices';
import { Dialog } from '../../ui/Dialog';

export function PublishPlan({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { show } = useNotices();
  const client = useQueryClient();
  const [files, setFiles] = useState<File[]>([]);
  const file = files[0];
  return (
    <Dialog
      title={t('plans.publish.title')}
      submit={t('plans.publish.submit')}
      disabled={!file}
      onClose={onClose}
      acts={file ? [describePublication(file.name)] : []}
      onSubmit={async () => {
        if (!file) return;
        const plan = await publishPlan(await file.text());
        await client.invalidateQueries({ queryKey: ['plans'] });
        show({ id: 'plan', type: 'success', header: t('plans.publish.done', { name: plan.name[language], version: plan.version }) });
        onClose();
      }}
    >
      <Alert type="info">{t('plans.publish.text')}</Alert>
      <FormField label={t('plans.publish.file')} constraintText={t('plans.publish.fileHint')}>
        <FileUpload
          value={files}
          onChange={({ detail }) => setFiles(detail.value)}
          accept=".yaml,.yml,.json"
          showFileSize
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
    </Dialog>
  );
}
