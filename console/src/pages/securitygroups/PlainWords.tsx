// What a security group means, in sentences.
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Rule, SecurityGroup } from '../../api/network';
import { queries } from '../../api/queries';
import { useMay } from '../../app/rights';
import { RouteButton } from '../../ui/RouteButton';
import { PRESETS, PRESET_NAMES } from './rules';
import { isWide, summarize, type Sentence, type What, type Who } from './summary';

export function PlainWords({ group }: { group: SecurityGroup }) {
  const { t } = useTranslation();
  return (
    <Container header={<Header variant="h2" actions={<RouteButton to="/reach">{t('nav.reach')}</RouteButton>}>{t('reach.words.title')}</Header>}>
      <SpaceBetween size="s">
        <Sentences group={group} direction="ingress" />
        <Sentences group={group} direction="egress" />
        {group.stateful === false && <StatusIndicator type="warning">{t('reach.words.stateless')}</StatusIndicator>}
      </SpaceBetween>
    </Container>
  );
}

function Sentences({ group, direction }: { group: SecurityGroup; direction: Rule['direction'] }) {
  const { t } = useTranslation();
  const say = useSentence(direction);
  const sentences = summarize(group, direction);
  return (
    <div>
      <Box variant="awsui-key-label">{t(`securityGroups.${direction}`)}</Box>
      {sentences.length === 0 ? (
        <Box>{t(`securityGroups.no_${direction}`)}</Box>
      ) : (
        <ul className="home-items">
          {sentences.map((sentence, index) => (
            <li key={index}>
              <StatusIndicator type={direction === 'ingress' && isWide(sentence) ? 'warning' : 'info'}>{say(sentence)}</StatusIndicator>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A sentence in the reader's language. */
function useSentence(direction: Rule['direction']): (sentence: Sentence) => string {
  const { t } = useTranslation();
  const may = useMay();
  const groups = useQuery(queries.securityGroups()).data ?? [];
  const lists = useQuery({ ...queries.addressGroups(), enabled: may('network:address-group:list') }).data ?? [];
  const ports = ([from, to]: [number, number]) => {
    const preset = PRESET_NAMES.find((name) => PRESETS[name].from === from && PRESETS[name].to === to && from === to);
    const numbers = from === to ? String(from) : `${from}–${to}`;
    return preset ? t('reach.words.named', { port: numbers, name: t(`securityGroups.presets.${preset}`) }) : numbers;
  };
  const whatText = (what: What): string => {
    switch (what.kind) {
      case 'all':
        return t('reach.words.all');
      case 'ping':
      case 'icmp':
        return t(`reach.words.${what.kind}`);
      case 'protocol':
        return t('reach.words.protocol', { protocol: what.protocol });
      case 'ports': {
        const protocol = what.protocol.toUpperCase();
        return what.ranges.length === 0 ? t('reach.words.allPorts', { protocol }) : t('reach.words.ports', { protocol, ports: what.ranges.map(ports).join(t('home.news.comma')) });
      }
    }
  };
  const whoText = (who: Who): string => {
    switch (who.kind) {
      case 'anyone':
        return t(`reach.words.anyone.${direction}`);
      case 'range':
        return t('reach.words.range', { range: who.range });
      case 'group':
        return t(`reach.words.group.${direction}`, { name: groups.find((group) => group.id === who.id)?.name ?? who.id });
      case 'addresses':
        return t(`reach.words.addresses.${direction}`, { name: lists.find((list) => list.id === who.id)?.name ?? who.id });
    }
  };
  return ({ who, what, only }) =>
    t(`reach.words.${direction}`, {
      who: whoText(who),
      what: what.map(whatText).join(t('home.news.comma')),
      only: only === null ? '' : t('reach.words.only', { version: `IPv${only}` }),
    });
}
