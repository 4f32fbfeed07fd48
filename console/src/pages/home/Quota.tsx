// What the project has used of what it may have.
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Limits } from '../../api/compute';
import { queries } from '../../api/queries';
import { NETWORK_KINDS, type NetworkKind, type NetworkQuota } from '../../api/quotas';
import { useMay } from '../../app/rights';
import { useFormat } from '../../ui/useFormat';
import { Card } from './Card';

type Kind = 'servers' | 'vcpus' | 'ram' | NetworkKind;

interface Use {
  kind: Kind;
  used: number;
  /** -1: no limit */
  limit: number;
}

const ofCompute = (limits: Limits): Use[] => [
  { kind: 'servers', used: limits.totalInstancesUsed, limit: limits.maxTotalInstances },
  { kind: 'vcpus', used: limits.totalCoresUsed, limit: limits.maxTotalCores },
  { kind: 'ram', used: limits.totalRAMUsed, limit: limits.maxTotalRAMSize },
];

const ofNetwork = (quota: Partial<Record<NetworkKind, NetworkQuota>>): Use[] =>
  NETWORK_KINDS.flatMap((kind) => (quota[kind] ? [{ kind, ...quota[kind] }] : []));

export function Quota() {
  const { t } = useTranslation();
  const may = useMay();
  const limits = useQuery(queries.limits());
  const network = useQuery({ ...queries.networkQuota(), enabled: may('network:quota:show') });
  return (
    <Card title={t('quota.title')} description={t('home.quotaText')} asked={limits}>
      {(data) => (
        <ColumnLayout columns={2} minColumnWidth={150}>
          {[...ofCompute(data), ...ofNetwork(network.data ?? {})].map((use) => (
            <Bar key={use.kind} use={use} />
          ))}
        </ColumnLayout>
      )}
    </Card>
  );
}

/** Percent from which a bar says that it is nearly full. */
const NEARLY = 90;

function Bar({ use: { kind, used, limit } }: { use: Use }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = (value: number) => (kind === 'ram' ? format.mib(value) : String(value));
  const label = t(`home.quota.${kind}`);
  if (limit < 0) {
    return (
      <Box>
        <Box variant="awsui-key-label">{label}</Box>
        {t('quota.unlimited', { used: amount(used) })}
      </Box>
    );
  }
  const share = limit === 0 ? 100 : Math.min(100, (100 * used) / limit);
  return (
    <ProgressBar
      label={label}
      value={share}
      description={t('home.usedOf', { used: amount(used), all: amount(limit) })}
      {...(limit > 0 && share >= NEARLY ? { additionalInfo: t('home.nearlyFull') } : {})}
    />
  );
}
