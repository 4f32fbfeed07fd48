// Asks for access to a customer's project or to a host.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestAccess } from '../../api/breakGlass';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';

type Kind = 'project' | 'host';

export function RequestAccess({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const hosts = useQuery(queries.hosts());
  const [kind, setKind] = useState<Kind>('project');
  const [project, setProject] = useState('');
  const [host, setHost] = useState('');
  const [ticket, setTicket] = useState('');
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState('60');
  const fits = /^\d+$/.test(minutes) && Number(minutes) >= 5 && Number(minutes) <= 480;
  const options = (hosts.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  const subject = kind === 'project' ? { project: project.trim() } : { host };
  const wish = { ...subject, ticket: ticket.trim(), reason: reason.trim(), minutes: Number(minutes) };
  return (
    <Dialog
      title={t('breakGlass.ask')}
      submit={t('breakGlass.ask')}
      disabled={!(kind === 'project' ? project.trim() : host) || !ticket.trim() || !reason.trim() || !fits}
      onClose={onClose}
      acts={[requestAccess.describe(wish)]}
      onSubmit={async () => {
        await requestAccess(wish);
        onClose();
        onDone();
      }}
    >
      <FormField label={t('breakGlass.kind')}>
        <RadioGroup
          value={kind}
          onChange={({ detail }) => setKind(detail.value as Kind)}
          items={(['project', 'host'] as const).map((value) => ({ value, label: t(`breakGlass.kinds.${value}`), description: t(`breakGlass.kindText.${value}`) }))}
        />
      </FormField>
      {kind === 'project' ? (
        <FormField label={t('breakGlass.project')} description={t('breakGlass.projectHint')}>
          <Input value={project} onChange={({ detail }) => setProject(detail.value)} name="break-glass-project" spellcheck={false} autoFocus />
        </FormField>
      ) : (
        <FormField label={t('breakGlass.host')}>
          <Select
            selectedOption={options.find((one) => one.value === host) ?? null}
            onChange={({ detail }) => setHost(detail.selectedOption.value ?? '')}
            options={options}
            placeholder={t('breakGlass.hostHint')}
            empty={t('hosts.empty.title')}
          />
        </FormField>
      )}
      <FormField label={t('breakGlass.ticket')}>
        <Input value={ticket} onChange={({ detail }) => setTicket(detail.value.slice(0, 64))} name="break-glass-ticket" spellcheck={false} />
      </FormField>
      <FormField label={t('breakGlass.reason')} description={t(kind === 'project' ? 'breakGlass.reasonHint' : 'breakGlass.reasonHintHost')}>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 500))} name="break-glass-reason" rows={3} />
      </FormField>
      <FormField label={t('breakGlass.duration')} description={t('breakGlass.durationHint')} errorText={fits ? '' : t('breakGlass.durationHint')}>
        <Input value={minutes} onChange={({ detail }) => setMinutes(detail.value)} name="break-glass-minutes" inputMode="numeric" />
      </FormField>
      <Box color="text-body-secondary">{t('breakGlass.askText')}</Box>
    </Dialog>
  );
}
