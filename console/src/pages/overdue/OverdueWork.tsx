// For the provider: servers whose work misses its deadline, until it is done.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverdueServer } from '../../api/overdue';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { reasonWords } from '../../i18n/reasons';

export default function OverdueWork() {
  const { t } = useTranslation();
  const format = useFormat();
  useCrumbs({ text: t('nav.overdue') });
  const overdue = useQuery(queries.overdue());
  const columns = useMemo<readonly Column<OverdueServer>[]>(() => {
    const goal = (one: OverdueServer) => t(`overdue.goals.${one.goal}`, { defaultValue: one.goal });
    return [
      { id: 'name', header: t('overdue.server'), value: (one) => one.name, cell: (one) => one.name },
      { id: 'goal', header: t('overdue.goal'), value: goal, cell: goal },
      { id: 'since', header: t('overdue.since'), value: (one) => one.since, cell: (one) => format.time(one.since) },
      { id: 'reason', header: t('overdue.reason'), value: (one) => reasonWords(one.reason ?? ''), cell: (one) => reasonWords(one.reason ?? '–') },
      { id: 'host', header: t('overdue.host'), value: (one) => one.host ?? '', cell: (one) => (one.host === null ? t('overdue.noHost') : <RouteLink to="/hosts">{one.host}</RouteLink>) },
      { id: 'project', header: t('hosts.projectId'), value: (one) => one.project, cell: (one) => one.project },
      {
        id: 'history',
        header: t('nav.history'),
        cell: (one) => <RouteLink to={`/history?project=${encodeURIComponent(one.project)}&target=${encodeURIComponent(one.id)}`}>{t('history.show')}</RouteLink>,
      },
      { id: 'id', header: t('common.id'), value: (one) => one.id, cell: (one) => one.id, hidden: true },
    ];
  }, [format, t]);
  return (
    <ResourceTable<OverdueServer>
      id="overdue"
      title={t('nav.overdue')}
      description={t('overdue.text')}
      items={overdue.data}
      error={overdue.error}
      refreshing={false}
      onRefresh={() => void overdue.refetch()}
      columns={columns}
      trackBy={(one) => one.id}
      label={(one) => one.name}
      defaultSort={{ column: 'since' }}
      empty={{ title: t('overdue.none'), text: t('overdue.noneText') }}
    />
  );
}
