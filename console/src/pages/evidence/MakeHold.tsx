// Holds things of a customer, logs or backups as evidence.
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeHold, THING_KINDS, type Thing, type ThingKind, type HoldWish } from '../../api/evidence';
import { Dialog } from '../../ui/Dialog';
import { endOf } from './days';
import { MayTell } from './MayTell';

/** Lines such as "server 8d3f…"; null where one is none. */
function thingsIn(text: string): Thing[] | null {
  const things: Thing[] = [];
  for (const line of text.split('\n').map((one) => one.trim()).filter(Boolean)) {
    const [kind, id = ''] = line.split(/\s+/);
    if (!THING_KINDS.includes(kind as ThingKind) || (kind !== 'backups' && !id)) return null;
    things.push({ kind: kind as ThingKind, id });
  }
  return things;
}

export function MakeHold({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [reference, setReference] = useState('');
  const [authority, setAuthority] = useState('');
  const [reason, setReason] = useState('');
  const [project, setProject] = useState('');
  const [scope, setScope] = useState<'everything' | 'things'>('everything');
  const [lines, setLines] = useState('');
  const [mayTell, setMayTell] = useState<string | null>(null);
  const [timed, setTimed] = useState(false);
  const [day, setDay] = useState('');
  const things = thingsIn(lines);
  const complete =
    reference.trim() && authority.trim() && reason.trim() && mayTell && (!timed || day) && (scope === 'everything' ? project.trim() : things && things.length > 0);
  const wish = (): HoldWish => ({
    reference: reference.trim(),
    project: project.trim() || null,
    everything: scope === 'everything',
    things: scope === 'everything' ? [] : (things ?? []),
    reason: reason.trim(),
    authority: authority.trim(),
    mayTell: mayTell === 'yes',
    endsAt: timed ? endOf(day) : null,
  });
  return (
    <Dialog
      title={t('evidence.holds.make')}
      submit={t('evidence.holds.make')}
      disabled={!complete}
      size="large"
      onClose={onClose}
      acts={complete ? [makeHold.describe(wish())] : []}
      onSubmit={async () => {
        await makeHold(wish());
        onClose();
        onDone();
      }}
    >
      <Box>{t('evidence.holds.makeText')}</Box>
      <FormField label={t('evidence.reference')}>
        <Input value={reference} onChange={({ detail }) => setReference(detail.value.slice(0, 64))} name="hold-reference" spellcheck={false} autoFocus />
      </FormField>
      <FormField label={t('evidence.holds.authority')} description={t('evidence.holds.authorityHint')}>
        <Input value={authority} onChange={({ detail }) => setAuthority(detail.value.slice(0, 200))} name="hold-authority" />
      </FormField>
      <FormField label={t('breakGlass.reason')}>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 1000))} name="hold-reason" rows={2} />
      </FormField>
      <FormField label={t('breakGlass.project')} description={t('evidence.holds.projectHint')}>
        <Input value={project} onChange={({ detail }) => setProject(detail.value)} name="hold-project" spellcheck={false} />
      </FormField>
      <RadioGroup
        value={scope}
        onChange={({ detail }) => setScope(detail.value === 'things' ? 'things' : 'everything')}
        items={[
          { value: 'everything', label: t('evidence.holds.everything'), description: t('evidence.holds.everythingText') },
          { value: 'things', label: t('evidence.holds.things'), description: t('evidence.holds.thingsText') },
        ]}
        ariaLabel={t('evidence.holds.what')}
      />
      {scope === 'things' && (
        <FormField label={t('evidence.holds.things')} description={t('evidence.holds.linesHint', { kinds: THING_KINDS.join(', ') })} errorText={things ? '' : t('evidence.holds.linesWrong')}>
          <Textarea value={lines} onChange={({ detail }) => setLines(detail.value)} name="hold-things" rows={4} spellcheck={false} />
        </FormField>
      )}
      <MayTell value={mayTell} onChange={setMayTell} />
      <Checkbox checked={timed} onChange={({ detail }) => setTimed(detail.checked)}>
        {t('evidence.holds.timed')}
      </Checkbox>
      {timed && (
        <FormField label={t('evidence.holds.until')} description={t('evidence.holds.untilHint')}>
          <DatePicker value={day} onChange={({ detail }) => setDay(detail.value)} placeholder={t('evidence.day')} />
        </FormField>
      )}
    </Dialog>
  );
}
