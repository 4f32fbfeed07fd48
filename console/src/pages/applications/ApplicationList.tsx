// For operators: who wants a contract, and what became of it.
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/contract';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { ResourceTable } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';
import { ApplicationDetails } from './ApplicationDetails';
import { ApplicationSign } from './ApplicationSign';

export default function ApplicationList() {
  const { t } = useTranslation();
  const format = useFormat();
  useCrumbs({ text: t('nav.applications') });
  const applications = useQuery(queries.applications());
  const [openId, setOpenId] = useState<string | null>(null);
  useAsked((_, id) => setOpenId(id));
  return (
    <>
      <ResourceTable<Application>
        id="applications"
        title={t('nav.applications')}
        description={t('application.listText')}
        items={applications.data}
        error={applications.error}
        refreshing={false}
        onRefresh={() => void applications.refetch()}
        columns={[
          {
            id: 'number',
            header: t('application.number'),
            cell: (one) => (
              <Button variant="inline-link" onClick={() => setOpenId(one.id ?? null)}>
                {one.number}
              </Button>
            ),
            value: (one) => one.number,
          },
          { id: 'company', header: t('apply.company'), cell: (one) => one.company, value: (one) => one.company },
          { id: 'person', header: t('apply.person'), cell: (one) => one.person, value: (one) => one.person },
          { id: 'plan', header: t('apply.plan'), cell: (one) => one.plan, value: (one) => one.plan },
          {
            id: 'state',
            header: t('servers.status'),
            cell: (one) => <ApplicationSign application={one} />,
            value: (one) => t(`application.states.${one.state}`),
          },
          { id: 'created', header: t('application.created'), cell: (one) => format.time(one.createdAt), value: (one) => one.createdAt },
          { id: 'decided', header: t('application.decidedBy'), cell: (one) => one.decidedBy ?? '', value: (one) => one.decidedBy ?? '' },
        ]}
        trackBy={(one) => one.id ?? one.number}
        label={(one) => one.number}
        defaultSort={{ column: 'created', descending: true }}
        empty={{ title: t('application.empty.title'), text: t('application.empty.text') }}
      />
      {openId !== null && <ApplicationDetails id={openId} onClose={() => setOpenId(null)} />}
    </>
  );
}
