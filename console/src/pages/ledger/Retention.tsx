// How long the events of each class are kept, what is held, and when the oldest go.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Table from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeRetention, readRetention, type Kept } from '../../api/ledger';
import { CALM } from '../../api/polling';
import { useMay } from '../../app/rights';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';

const KEY = ['ledger-retention'];

export function Retention() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [changing, setChanging] = useState<Kept | null>(null);
  const retention = useQuery({ queryKey: KEY, queryFn: ({ signal }) => readRetention(signal), refetchInterval: CALM });
  const changes = may('history:retention:change');
  const named = (kept: Kept) => t(`ledger.retention.class.${kept.class as 'access'}`);
  const held = (kept: Kept) => {
    const text = t('ledger.retention.held', { number: kept.held.length });
    return may('evidence:hold:list') ? <RouteLink to="/evidence">{text}</RouteLink> : text;
  };
  return (
    <>
      <Failure error={retention.error} />
      <Table<Kept>
        variant="container"
        trackBy="class"
        loading={retention.isPending && !retention.error}
        loadingText={t('common.loading')}
        items={retention.data ?? []}
        header={
          <Header variant="h2" description={t('ledger.retention.text')}>
            {t('ledger.retention.title')}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'class',
            header: t('ledger.retention.classOf'),
            isRowHeader: true,
            cell: (kept) => (
              <>
                {named(kept)}
                <Box variant="small" display="block">
                  {t(`ledger.retention.what.${kept.class as 'access'}`)}
                </Box>
              </>
            ),
          },
          { id: 'days', header: t('ledger.retention.kept'), cell: (kept) => t('ledger.retention.days', { count: kept.days }), minWidth: 110 },
          { id: 'oldest', header: t('ledger.retention.oldest'), cell: (kept) => (kept.oldest === null ? '–' : format.time(kept.oldest)), minWidth: 180 },
          {
            id: 'next',
            header: t('ledger.retention.nextDrop'),
            cell: (kept) => (kept.held.length > 0 ? held(kept) : kept.nextDrop === null ? '–' : format.time(kept.nextDrop)),
            minWidth: 180,
          },
          ...(changes
            ? [
                {
                  id: 'change',
                  header: t('common.actions'),
                  minWidth: 90,
                  cell: (kept: Kept) => (
                    <Button variant="inline-link" ariaLabel={t('nav.named', { name: t('common.edit'), value: named(kept) })} onClick={() => setChanging(kept)}>
                      {t('common.edit')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {changing && <Change kept={changing} name={named(changing)} onClose={() => setChanging(null)} />}
    </>
  );
}

function Change({ kept, name, onClose }: { kept: Kept; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [days, setDays] = useState(String(kept.days));
  const [reason, setReason] = useState('');
  const number = Number(days);
  const good = Number.isInteger(number) && number >= kept.leastDays;
  return (
    <Dialog
      title={t('ledger.retention.changeOf', { class: name })}
      submit={t('common.save')}
      disabled={!good || reason.trim() === ''}
      acts={[changeRetention.describe(kept.class, number, reason)]}
      onSubmit={async () => {
        await changeRetention(kept.class, number, reason);
        await queries.invalidateQueries({ queryKey: KEY });
        onClose();
      }}
      onClose={onClose}
    >
      <FormField
        label={t('ledger.retention.daysLabel')}
        constraintText={t('ledger.retention.least', { count: kept.leastDays })}
        errorText={good ? undefined : t('ledger.retention.least', { count: kept.leastDays })}
      >
        <Input type="number" inputMode="numeric" value={days} onChange={({ detail }) => setDays(detail.value)} />
      </FormField>
      <FormField label={t('ledger.retention.reason')} constraintText={t('ledger.retention.reasonText')}>
        <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
      {good && number < kept.days && <Box color="text-status-warning">{t('ledger.retention.shorter')}</Box>}
    </Dialog>
  );
}
