// One network, router or server in the topology picture; leads to its page.
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Condition } from '../servers/condition';
import type { Box } from './layout';

const PAGES = { network: (id: string) => `/networks/${id}`, router: () => '/routers', server: (id: string) => `/servers/${id}` } as const;

export function Node({ box, condition }: { box: Box; condition: Condition | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const page = PAGES[box.kind](box.id);
  const detail = condition ? t(`servers.condition.${condition}`) : box.kind === 'router' ? t('topology.router') : box.detail;
  const bar = box.kind === 'network';
  const shown = { name: shorten(box.name, bar ? 28 : condition ? 15 : 18), detail: shorten(detail, 22) };
  const kind = t(`topology.${box.kind}`);
  const cut = shown.name !== box.name || shown.detail !== detail;
  return (
    <a
      href={page}
      className={`topology-node topology-${box.external ? 'external' : box.kind}`}
      aria-label={t('topology.node', { ...shown, kind: cut ? `${kind} ${box.name} ${detail}` : kind })}
      onClick={(event) => {
        event.preventDefault();
        void navigate(page);
      }}
    >
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={bar ? box.height / 2 : 10} />
      {condition && <circle className={`topology-state topology-state-${condition}`} cx={box.x + 18} cy={box.y + 22} r={5} />}
      <text className="topology-name" x={box.x + (condition ? 32 : 18)} y={box.y + (bar ? 27 : 26)}>
        {shown.name}
      </text>
      {/* Read as two words. */}{' '}
      <text className="topology-detail" x={bar ? box.x + box.width - 18 : box.x + (condition ? 32 : 18)} y={box.y + (bar ? 27 : 44)} textAnchor={bar ? 'end' : 'start'}>
        {shown.detail}
      </text>
    </a>
  );
}

function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
