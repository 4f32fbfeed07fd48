// The visitor's application credentials: made, put in another's place, limited, deleted.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteCredential, type Credential, type MadeCredential } from '../../api/credentials';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useSession } from '../../app/session';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';
import { LimitCredential } from '../access/CredentialSources';
import { isKnown, nameOf } from '../users/roles';
import { CreateCredential } from './CreateCredential';
import { SecretShown } from './SecretShown';

const WEEK = 7 * 86_400_000;

export default function CredentialList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.credentials') });
  const client = useQueryClient();
  const session = useSession();
  const credentials = useQuery(queries.ownCredentials());
  const sources = useQuery(queries.applicationCredentials(false));
  const prefixes = useMemo(() => new Map(sources.data?.map((one) => [one.id, one.prefixes])), [sources.data]);
  const columns = useColumns(prefixes);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<'create' | 'rotate' | 'limit' | 'delete' | null>(null);
  const [made, setMade] = useState<{ credential: MadeCredential; old?: string } | null>(null);
  const chosen = (credentials.data ?? []).filter((one) => selected.includes(one.id));
  const [only] = chosen;
  const old = open === 'rotate' && only ? { credential: only, prefixes: prefixes.get(only.id) ?? [] } : undefined;
  const limited = sources.data?.find((one) => one.id === only?.id);
  const close = () => setOpen(null);
  return (
    <>
      <ResourceTable<Credential>
        id="applicationCredentials"
        title={t('nav.credentials')}
        description={t('credentials.text')}
        items={credentials.data}
        error={credentials.error}
        refreshing={false}
        onRefresh={() => void credentials.refetch()}
        columns={columns}
        trackBy={(one) => one.id}
        historyOf={(one) => one.id}
        label={(one) => one.name}
        selected={chosen}
        onSelect={(items) => setSelected(items.map((item) => item.id))}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={chosen.length !== 1 || !limited} onClick={() => setOpen('limit')}>
              {t('credentials.limit')}
            </Button>
            <Button disabled={chosen.length !== 1} onClick={() => setOpen('rotate')}>
              {t('credentials.rotate')}
            </Button>
            <Button disabled={chosen.length === 0} onClick={() => setOpen('delete')}>
              {t('common.delete')}
            </Button>
            <Button variant="primary" onClick={() => setOpen('create')}>
              {t('credentials.create')}
            </Button>
          </SpaceBetween>
        }
        empty={{ title: t('sources.empty.title'), text: t('credentials.emptyText') }}
      />
      {(open === 'create' || old) && (
        <CreateCredential
          old={old}
          onClose={close}
          onMade={(credential) => {
            setMade({ credential, ...(old ? { old: old.credential.name } : {}) });
            close();
          }}
        />
      )}
      {made && <SecretShown made={made.credential} old={made.old} onClose={() => setMade(null)} />}
      {open === 'limit' && limited && <LimitCredential credential={limited} onClose={close} />}
      {open === 'delete' && (
        <DeleteDialog
          title={t('credentials.deleteTitle')}
          warning={t('credentials.deleteText')}
          items={chosen}
          idOf={(one) => one.id}
          nameOf={(one) => one.name}
          acts={chosen.map((one) => deleteCredential.describe(session.user.id, one.id))}
          remove={(one) => deleteCredential(session.user.id, one.id)}
          onGone={() => client.invalidateQueries({ queryKey: ['applicationCredentials'] })}
          onClose={close}
        />
      )}
    </>
  );
}

/** The Identity API writes times without a zone. */
const endOf = ({ expires_at: at }: Credential) => (at === null ? null : /(Z|[+-]\d\d:?\d\d)$/.test(at) ? at : `${at}Z`);

function useColumns(prefixes: ReadonlyMap<string, readonly string[]>): readonly Column<Credential>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  return useMemo(() => {
    const roles = (one: Credential) => [...new Set(one.roles.map((role) => nameOf(role.name)))].map((name) => (isKnown(name) ? t(`users.roles.${name}`) : name)).join(' ');
    const rules = (one: Credential) => (one.access_rules ?? []).map((rule) => `${rule.method} ${rule.service} ${rule.path}`).join('\n');
    return [
      { id: 'name', header: t('servers.name'), value: (one) => one.name, cell: (one) => one.name },
      { id: 'description', header: t('servers.description'), value: (one) => one.description ?? '', cell: (one) => one.description ?? '' },
      { id: 'roles', header: t('credentials.roles'), value: roles, cell: roles },
      {
        id: 'ends',
        header: t('credentials.ends'),
        value: (one) => endOf(one) ?? '9999',
        cell: (one) => {
          const end = endOf(one);
          if (end === null) return t('credentials.noEnd');
          const left = Date.parse(end) - Date.now();
          return left <= WEEK ? <StatusIndicator type={left <= 0 ? 'error' : 'warning'}>{format.time(end)}</StatusIndicator> : format.time(end);
        },
      },
      {
        id: 'rules',
        header: t('credentials.rulesShort'),
        value: rules,
        cell: (one) => (one.access_rules?.length ? <code className="lines">{rules(one)}</code> : t('credentials.noRulesShort')),
      },
      {
        id: 'prefixes',
        header: t('sources.from'),
        value: (one) => prefixes.get(one.id)?.join(' ') ?? '',
        cell: (one) => (prefixes.get(one.id)?.length ? <code>{prefixes.get(one.id)!.join(' ')}</code> : t('sources.everywhere')),
      },
      {
        id: 'project',
        header: t('credentials.project'),
        value: (one) => one.project_id,
        cell: (one) => (one.project_id === session.project?.id ? session.project.name : one.project_id),
        hidden: true,
      },
      { id: 'id', header: t('common.id'), value: (one) => one.id, cell: (one) => one.id, hidden: true },
    ];
  }, [format, prefixes, session, t]);
}
