// What needs a choice first: another flavor, an image to rebuild or rescue with, a name for a snapshot.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actOnServer, type Flavor, type Server, type ServerAction } from '../../api/compute';
import { queries } from '../../api/queries';
import { EachDialog } from '../../ui/each/EachDialog';
import { Effects } from '../../ui/Effects';
import { useFormat } from '../../ui/useFormat';
import { effectsOf } from './effects';
import { forResize, quotaAfter } from './quota';
import { QuotaBars } from './QuotaBars';
import { useAsk, useRefreshServers } from './useAsk';

export type Change = 'resize' | 'rebuild' | 'rescue' | 'snapshot';

interface ChangeServerProps {
  act: Change;
  servers: readonly Server[];
  subject: string;
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

export function ChangeServer({ act, servers, subject, onClose }: ChangeServerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ask = useAsk();
  const refresh = useRefreshServers();
  const [choice, setChoice] = useState(act === 'snapshot' ? `${servers[0]?.name ?? ''}-${new Date().toISOString().slice(0, 10)}` : '');
  const [typed, setTyped] = useState('');
  const flavors = useQuery({ ...queries.flavors(), enabled: act === 'resize' }).data ?? [];
  const limits = useQuery({ ...queries.limits(), enabled: act === 'resize' }).data;
  const options = useOptions(act, servers, flavors);
  const change = forResize(servers, flavors.find((flavor) => flavor.id === choice));
  const over = act === 'resize' && limits !== undefined && quotaAfter(limits, change).some((use) => use.over);
  // A rebuild destroys what is on the disk: it asks for the name as a deletion does.
  const word = act === 'rebuild' ? (servers.length === 1 ? (servers[0]?.name ?? '') : t('delete.word')) : '';
  return (
    <EachDialog
      size="large"
      title={t(`servers.${act}.title`, { name: subject })}
      submit={t(`servers.actions.${act}`)}
      disabled={choice.trim() === '' || over || typed.trim() !== word.trim()}
      items={servers}
      idOf={(server) => server.id}
      nameOf={(server) => server.name}
      act={(server) => ask(server, act, actionOf(act, choice.trim()))}
      acts={servers.map((server) => actOnServer.describe(server.id, actionOf(act, choice.trim())))}
      onTold={refresh}
      onClose={onClose}
    >
      <Effects lines={effectsOf(t, act, servers, format)} />
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
      {limits && choice !== '' && <QuotaBars limits={limits} change={change} />}
      {word !== '' && (
        <FormField label={t('delete.type', { text: word })}>
          <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} placeholder={word} spellcheck={false} />
        </FormField>
      )}
    </EachDialog>
  );
}

function useOptions(act: Change, servers: readonly Server[], flavors: readonly Flavor[]): readonly { value: string; label: string; description?: string }[] {
  const { t } = useTranslation();
  const format = useFormat();
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
