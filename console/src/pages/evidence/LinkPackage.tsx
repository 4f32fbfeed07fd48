// A package that was made before answers this request too.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { linkPackage, type Disclosure } from '../../api/evidence';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';

export function LinkPackage({ to, onClose, onDone }: { to: Disclosure; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const answer = useQuery(queries.packagesOf(to.project));
  const free = (answer.data ?? []).filter((one) => !one.disclosure && one.state !== 'given_up' && (to.mayTell || !one.mayTell));
  const options = free.map((one) => ({
    value: one.id,
    label: one.name,
    description: [one.reference, one.reason, t(`evidence.packages.states.${one.state}`)].join(', '),
  }));
  return (
    <Dialog
      title={t('evidence.disclosures.steps.link')}
      submit={t('evidence.disclosures.steps.link')}
      disabled={!chosen}
      onClose={onClose}
      acts={[linkPackage.describe(to.id, chosen ?? '')]}
      onSubmit={async () => {
        await linkPackage(to.id, chosen ?? '');
        onDone();
      }}
    >
      <Box>{t('evidence.disclosures.linkText', { project: to.project })}</Box>
      <Failure error={answer.error} onRetry={() => void answer.refetch()} />
      <FormField label={t('evidence.packages.number')}>
        <Select
          selectedOption={options.find((one) => one.value === chosen) ?? null}
          options={options}
          placeholder={t('evidence.disclosures.choosePackage')}
          empty={t('evidence.disclosures.noFreePackage')}
          statusType={answer.isPending ? 'loading' : 'finished'}
          loadingText={t('common.loading')}
          onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)}
        />
      </FormField>
    </Dialog>
  );
}
