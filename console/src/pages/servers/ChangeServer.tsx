// What needs a choice first: another flavor, an image to rebuild or rescue with, a name for a snapshot.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actOnServer, type Server, type ServerAction } from '../../api/compute';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';
import { useFormat } from '../../ui/useFormat';

export type Change = 'resize' | 'rebuild' | 'rescue' | 'snapshot';

interface ChangeServerProps {
  act: Change;
  servers: readonly Server[];
  subject: string;
  run: (act: Change, action: ServerAction) => Promise<boolean>;
  onClose: () => void;
}

function actionOf(act: Change, choice: string): ServerAction {
  switch (act) {
    case 'resize':
      return { resize: { flavorRef: choice } };
    case 'rebuild':
      return { rebuild: { imageRef: choice } };
    case 'rescue':
      return { rescue: { rescue_image_ref: choice } };
    case 'snapshot':
      return { createImage: { name: choice } };
  }
}

export function ChangeServer({ act, servers, subject, run, onClose }: ChangeServerProps) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState(act === 'snapshot' ? `${servers[0]?.name ?? ''}-${new Date().toISOString().slice(0, 10)}` : '');
  const options = useOptions(act, servers);
  return (
    <Dialog
      title={t(`servers.${act}.title`, { name: subject })}
      submit={t(`servers.actions.${act}`)}
      disabled={choice.trim() === ''}
      onClose={onClose}
      acts={servers.map((server) => actOnServer.describe(server.id, actionOf(act, choice.trim())))}
      onSubmit={async () => {
        await run(act, actionOf(act, choice.trim()));
        onClose();
      }}
    >
      <Alert type={act === 'rebuild' ? 'warning' : 'info'}>{t(`servers.${act}.text`)}</Alert>
      <FormField label={t(`servers.${act}.choice`)}>
        {act === 'snapshot' ? (
          <Input value={choice} onChange={({ detail }) => setChoice(detail.value)} spellcheck={false} autoFocus />
        ) : (
          <Select
            options={options}
            selectedOption={options.find((each) => each.value === choice) ?? null}
            onChange={({ detail }) => setChoice(detail.selectedOption.value ?? '')}
            placeholder={t(`servers.${act}.choice`)}
          />
        )}
      </FormField>
    </Dialog>
  );
}

function useOptions(act: Change, servers: readonly Server[]): readonly { value: string; label: string; description?: string }[] {
  const { t } = useTranslation();
  const format = useFormat();
  const flavors = useQuery({ ...queries.flavors(), enabled: act === 'resize' }).data ?? [];
  const images = useQuery({ ...queries.images(), enabled: act === 'rebuild' || act === 'rescue' }).data ?? [];
  if (act === 'resize') {
    const now = new Set(servers.map((server) => server.flavor.original_name));
    return flavors
      .filter((flavor) => !now.has(flavor.name))
      .map((flavor) => ({
        value: flavor.id,
        label: flavor.name,
        description: t('create.flavor.summary', {
          vcpus: flavor.vcpus,
          ram: format.mib(flavor.ram),
          disk: format.gib(flavor.disk),
        }),
      }));
  }
  return images.filter((image) => image.status === 'active').map((image) => ({ value: image.id, label: image.name ?? image.id }));
}
