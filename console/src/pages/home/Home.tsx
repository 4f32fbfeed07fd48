// The first page: how things are, what has changed, what waits. Each card asks for itself and is there for whoever may see what it shows.
import ColumnLayout from '@cloudscape-design/components/column-layout';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { Attention } from './Attention';
import { Expiring } from './Expiring';
import { FirstSteps } from './FirstSteps';
import { News } from './News';
import { OwnNotices } from './OwnNotices';
import { operationCards } from './OperationCards';
import { Quota } from './Quota';
import { Servers } from './Servers';
import { sinceLastVisit } from './visits';

const HALF = { default: 12, s: 6 };

/** Cards side by side, as many as there are. */
function Cards({ cards }: { cards: readonly (ReactNode | false)[] }) {
  const shown = cards.filter((card) => card !== false);
  return <Grid gridDefinition={shown.map(() => ({ colspan: HALF }))}>{shown}</Grid>;
}

export default function Home() {
  const { t } = useTranslation();
  const may = useMay();
  const session = useSession();
  useCrumbs({ text: t('nav.home') });
  const [since] = useState(() => sinceLastVisit(session));
  const mayRead = may('history:event:list');
  const mayReadAccount = may('account:read');
  const news = useQuery({ ...queries.news(since.time), enabled: mayRead });
  const operator = may('compute:host:show');
  const operation = operationCards(may);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t(operator ? 'home.operatorText' : 'home.text')}>
          {t('home.title', { project: session.project?.name ?? session.domain.name })}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {!operator && <FirstSteps />}
        {may('notice:own') && !may('notice:list') && <OwnNotices />}
        {operator && <Attention news={mayRead ? news : null} />}
        {operator && <Cards cards={operation} />}
        <ColumnLayout columns={2} minColumnWidth={320}>
          <SpaceBetween size="l">
            {!operator && may('topology:show') && <Servers />}
            {!operator && mayReadAccount && <Attention news={mayRead ? news : null} />}
            {mayReadAccount && <Expiring />}
          </SpaceBetween>
          <SpaceBetween size="l">
            {mayRead && <News since={since} news={news} />}
            {!operator && may('compute:quota:show') && <Quota />}
          </SpaceBetween>
        </ColumnLayout>
      </SpaceBetween>
    </ContentLayout>
  );
}
