// The identity providers of contracts. An operator registers and changes them; who manages a contract sees its own, with the sign-in link for its people.
import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkProvider, deleteProvider, type IdentityProvider } from '../../api/providers';
import { queries } from '../../api/queries';
import { RETURN_PATH } from '../../api/signIn';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { useNotices } from '../../app/notices';
import { useMay } from '../../app/rights';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Failure } from '../../ui/Failure';
import { Copied } from '../../ui/Facts';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { isKnown, nameOf } from '../users/roles';
import { ProviderForm } from './ProviderForm';

export default function IdentityProviders() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { show } = useNotices();
  const mayChange = useMay()('identity-provider:change');
  const providers = useQuery(queries.providers());
  const [selected, setSelected] = useState<readonly IdentityProvider[]>([]);
  const [open, setOpen] = useState<'new' | 'change' | 'delete' | null>(null);
  useAsked((ask) => ask === 'new' && setOpen('new'));
  const [checking, setChecking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useCrumbs({ text: t('nav.identityProviders') });
  const columns = useMemo<readonly Column<IdentityProvider>[]>(() => {
    const rules = (one: IdentityProvider) =>
      one.rules.map((rule) => {
        const role = nameOf(rule.role ?? '');
        const gives = isKnown(role) ? t(`users.roles.${role}`) : t('providers.groupOf', { group: rule.group });
        return `${rule.value === '*' ? t('providers.everybody') : rule.value} → ${gives}`;
      });
    return [
      { id: 'name', header: t('providers.name'), value: (one) => one.name, cell: (one) => one.name },
      { id: 'contract', header: t('providers.contract'), value: (one) => one.contract.name, cell: (one) => one.contract.name },
      {
        id: 'state',
        header: t('providers.state'),
        value: (one) => t(stateOf(one)),
        cell: (one) => <StatusIndicator type={one.enabled && !one.barredByPlan ? 'success' : 'stopped'}>{t(stateOf(one))}</StatusIndicator>,
      },
      {
        id: 'link',
        header: t('providers.link'),
        cell: (one) => <Copied text={one.signInLink} what={t('providers.link')} />,
      },
      {
        id: 'rules',
        header: t('providers.rules'),
        value: (one) => rules(one).join(' '),
        cell: (one) => (one.rules.length === 0 ? <Badge color="red">{t('providers.noRules')}</Badge> : rules(one).map((line) => <div key={line}>{line}</div>)),
      },
      { id: 'users', header: t('providers.users'), value: (one) => one.users, cell: (one) => one.users },
      { id: 'issuer', header: t('providers.issuer'), value: (one) => one.issuer, cell: (one) => one.issuer },
    ];
  }, [t]);
  const chosen = selected[0];
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['identity-providers'] });
    setSelected([]);
    setOpen(null);
  };
  const check = async (one: IdentityProvider) => {
    setChecking(true);
    setError(null);
    try {
      const trouble = await checkProvider(one.id);
      show({
        id: 'provider',
        type: trouble ? 'error' : 'success',
        header: t(trouble ? 'providers.checkFailed' : 'providers.checked', { name: one.name }),
        ...(trouble ? { content: trouble } : {}),
      });
    } catch (refused) {
      setError(refused);
    } finally {
      setChecking(false);
    }
  };
  return (
    <SpaceBetween size="m">
      <Failure error={error} />
      {mayChange && (
        <Alert type="info">
          <SpaceBetween size="xs">
            {t('providers.about')}
            <Copied text={window.location.origin + RETURN_PATH} what={t('providers.redirect')} />
          </SpaceBetween>
        </Alert>
      )}
      <ResourceTable<IdentityProvider>
        id="identityProviders"
        title={t('nav.identityProviders')}
        description={t(mayChange ? 'providers.text' : 'providers.ownText')}
        items={providers.data}
        error={providers.error}
        refreshing={providers.isRefetching}
        onRefresh={() => void providers.refetch()}
        columns={columns}
        trackBy={(one) => one.id}
        label={(one) => one.name}
        {...(mayChange ? { single: true, selected, onSelect: setSelected } : {})}
        actions={
          mayChange && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!chosen} loading={checking} onClick={() => chosen && void check(chosen)}>
                {t('providers.check')}
              </Button>
              <Button disabled={!chosen} onClick={() => setOpen('change')}>
                {t('common.edit')}
              </Button>
              <Button disabled={!chosen} onClick={() => setOpen('delete')}>
                {t('common.delete')}
              </Button>
              <Button variant="primary" onClick={() => setOpen('new')}>
                {t('providers.register')}
              </Button>
            </SpaceBetween>
          )
        }
        empty={{ title: t('providers.empty.title'), text: t(mayChange ? 'providers.empty.text' : 'providers.empty.ownText') }}
      />
      {open === 'new' && <ProviderForm onClose={() => setOpen(null)} onDone={refresh} />}
      {open === 'change' && chosen && <ProviderForm provider={chosen} onClose={() => setOpen(null)} onDone={refresh} />}
      {open === 'delete' && chosen && (
        <DeleteDialog
          title={t('providers.deleteTitle', { name: chosen.name })}
          warning={t('providers.deleteText', { count: chosen.users })}
          items={[chosen]}
          idOf={(provider) => provider.id}
          nameOf={(provider) => provider.name}
          typed
          onClose={() => setOpen(null)}
          acts={[deleteProvider.describe(chosen.id)]}
          remove={(provider) => deleteProvider(provider.id)}
          onGone={refresh}
        />
      )}
    </SpaceBetween>
  );
}

const stateOf = (one: IdentityProvider) => (one.barredByPlan ? 'providers.barred' : one.enabled ? 'providers.on' : 'providers.off');
