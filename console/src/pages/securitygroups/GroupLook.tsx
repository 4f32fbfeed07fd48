// A security group at a quick look, below the list: what it lets in.
import { useTranslation } from 'react-i18next';
import type { SecurityGroup } from '../../api/network';
import { Facts } from '../../ui/Facts';
import { RouteLink } from '../../ui/RouteLink';
import { Naming } from '../networks/Naming';
import { portsOf, presetOf } from './rules';

export function GroupLook({ group }: { group: SecurityGroup }) {
  const { t } = useTranslation();
  const told = group.security_group_rules
    .filter((rule) => rule.direction === 'ingress')
    .map((rule) => {
      const preset = presetOf(rule);
      const what = preset ? t(`securityGroups.presets.${preset}`) : `${(rule.protocol ?? '').toUpperCase()} ${portsOf(rule)}`.trim();
      return `${what} ← ${rule.remote_ip_prefix ?? rule.remote_group_id ?? t('securityGroups.anywhere')}`;
    });
  return (
    <Facts
      id={group.id}
      facts={[
        { label: t('securityGroups.name'), value: <Naming kind="group" thing={group} part="name" fixed={group.name === 'default'} /> },
        { label: t('servers.description'), value: <Naming kind="group" thing={group} part="description" /> },
        { label: t('securityGroups.incoming'), value: told.length > 0 ? [...new Set(told)].map((line) => <div key={line}>{line}</div>) : t('securityGroups.no_ingress') },
        { label: t('look.open'), value: <RouteLink to={`/security-groups/${group.id}`}>{t('servers.tabs.overview')}</RouteLink> },
      ]}
    />
  );
}
