// Name and description of what the network API has - networks, subnets, routers, security groups -, changed where they stand.
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { updateNetwork, updateRouter, updateSecurityGroup, updateSubnet, type Naming as Names } from '../../api/network';
import { useMay } from '../../app/rights';
import { EditInPlace } from '../../ui/EditInPlace';

/** What a kind is changed by, the list that shows it, and the action of the policy for who changes it. */
const KINDS = {
  network: { update: updateNetwork, key: 'networks', change: 'network:network:create' },
  subnet: { update: updateSubnet, key: 'subnets', change: 'network:network:create' },
  router: { update: updateRouter, key: 'routers', change: 'network:router:create' },
  group: { update: updateSecurityGroup, key: 'securityGroups', change: 'network:security-group:create' },
} as const;

interface NamingProps {
  kind: keyof typeof KINDS;
  thing: { id: string; name: string; description?: string };
  part: keyof Names;
  /** Not to be changed, whoever asks. */
  fixed?: boolean;
}

export function Naming({ kind, thing, part, fixed = false }: NamingProps) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  const { update, key, change } = KINDS[kind];
  return (
    <EditInPlace
      label={t(part === 'name' ? 'networks.name' : 'servers.description')}
      value={thing[part] ?? ''}
      {...(part === 'name' && !thing.name ? { children: thing.id } : {})}
      required={part === 'name' && kind === 'group'}
      disabled={fixed || !may(change)}
      actOf={(text) => update.describe(thing.id, { [part]: text })}
      onSave={async (text) => {
        await update(thing.id, { [part]: text });
        await client.invalidateQueries({ queryKey: [key] });
      }}
    />
  );
}
