// Evidence packages: how far each has come, what is in it, who had it in hands.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useMay } from '../../app/rights';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { Empty } from './Empty';
import { MakePackage } from './MakePackage';
import { PackageDetails } from './PackageDetails';
import { Search } from './Search';
import { useObstacle } from './useObstacle';
import { useShown } from './useShown';

export const PACKAGE_SIGNS = { collecting: 'in-progress', sealed: 'success', given_up: 'stopped', destroyed: 'stopped' } as const;

export function Packages() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const may = useMay();
  const obstacle = useObstacle();
  const [words, setWords] = useState('');
  const [making, setMaking] = useState(false);
  useAsked((ask) => ask === 'package' && setMaking(true));
  const [shown, setShown] = useShown();
  const answer = useQuery(queries.packages(words));
  const changed = () => void client.invalidateQueries({ queryKey: ['evidence'] });
  if (answer.isPending) return <Waiting />;
  if (!answer.data) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  const stuck = answer.data.filter((one) => one.state === 'collecting' && one.obstacle);
  return (
    <SpaceBetween size="m">
      {stuck.map((one) => (
        <Alert key={one.id} type="warning" header={t('evidence.packages.stuck', { name: one.name })}>
          {one.obstacle && obstacle(one.obstacle)}
        </Alert>
      ))}
      <Table
        header={
          <Header
            counter={`(${answer.data.length})`}
            description={t('evidence.packages.text')}
            actions={
              may('evidence:package:make') && (
                <Button variant="primary" onClick={() => setMaking(true)}>
                  {t('evidence.packages.make')}
                </Button>
              )
            }
          >
            {t('evidence.packages.title')}
          </Header>
        }
        filter={<Search onWords={setWords} />}
        items={answer.data}
        trackBy="id"
        wrapLines
        empty={<Empty title={t('evidence.packages.none')} text={t('evidence.packages.noneText')} />}
        columnDefinitions={[
          {
            id: 'name',
            header: t('evidence.packages.number'),
            isRowHeader: true,
            minWidth: 90,
            cell: (one) => (
              <Button variant="inline-link" onClick={() => setShown(one.id)}>
                {one.name}
              </Button>
            ),
          },
          {
            id: 'state',
            header: t('servers.status'),
            minWidth: 130,
            cell: (one) => <StatusIndicator type={PACKAGE_SIGNS[one.state]}>{t(`evidence.packages.states.${one.state}`)}</StatusIndicator>,
          },
          { id: 'reference', header: t('evidence.reference'), minWidth: 110, cell: (one) => one.reference },
          { id: 'project', header: t('breakGlass.project'), minWidth: 150, cell: (one) => <code>{one.project}</code> },
          { id: 'server', header: t('evidence.packages.server'), minWidth: 150, cell: (one) => (one.server ? <code>{one.server}</code> : '–') },
          { id: 'made', header: t('evidence.packages.madeBy'), minWidth: 150, cell: (one) => `${one.madeBy.name}, ${format.time(one.madeAt)}` },
          { id: 'sealed', header: t('evidence.packages.sealedAt'), minWidth: 130, cell: (one) => (one.sealedAt ? format.time(one.sealedAt) : '–') },
        ]}
      />
      {making && <MakePackage onClose={() => setMaking(false)} onDone={changed} />}
      {shown && <PackageDetails id={shown} onClose={() => setShown(null)} onDone={changed} />}
    </SpaceBetween>
  );
}
