// For operators: the accounts that need no second factor although their roles do, and why.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endException, type FactorException } from '../../api/account';
import { queries } from '../../api/queries';
import { useMay } from '../../app/rights';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';

export function Exceptions() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const mayChange = useMay()('account:exception:change');
  const list = useQuery(queries.exceptions());
  const [ending, setEnding] = useState<FactorException | null>(null);
  const roles = list.data?.roles ?? [];
  const rule =
    list.data &&
    [roles.length === 0 ? t('account.exceptions.asSetUp') : t('account.exceptions.rule', { roles: roles.join(', ') }), t('account.exceptions.text')].join(' ');
  return (
    <>
      <Table
        header={
          <Header description={rule} counter={list.data ? `(${list.data.exceptions.length})` : ''}>
            {t('account.exceptions.title')}
          </Header>
        }
        loading={list.isPending}
        loadingText={t('common.loading')}
        items={list.data?.exceptions ?? []}
        trackBy="accountId"
        empty={list.error ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : <Box>{t('account.exceptions.empty')}</Box>}
        columnDefinitions={[
          { id: 'user', header: t('login.user'), cell: (one) => one.user, isRowHeader: true },
          { id: 'domain', header: t('login.domain'), cell: (one) => one.domain },
          { id: 'reason', header: t('account.exceptions.reason'), cell: (one) => one.reason },
          { id: 'since', header: t('account.exceptions.when'), cell: (one) => format.time(one.since) },
          {
            id: 'end',
            header: t('common.actions'),
            cell: (one) =>
              mayChange && (
                <Button variant="inline-link" ariaLabel={t('account.exceptions.endOf', { name: one.user })} onClick={() => setEnding(one)}>
                  {t('account.exceptions.end')}
                </Button>
              ),
          },
        ]}
      />
      {ending && (
        <Dialog
          title={t('account.exceptions.end')}
          submit={t('account.exceptions.end')}
          onClose={() => setEnding(null)}
          acts={[endException.describe(ending.accountId)]}
          onSubmit={async () => {
            await endException(ending.accountId);
            setEnding(null);
            await client.invalidateQueries({ queryKey: ['exceptions'] });
            await client.invalidateQueries({ queryKey: ['account'] });
          }}
        >
          <Box>{t('account.exceptions.endText', { name: ending.user, domain: ending.domain })}</Box>
        </Dialog>
      )}
    </>
  );
}
