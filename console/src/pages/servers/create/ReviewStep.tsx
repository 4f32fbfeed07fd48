// Step 4: everything chosen, on one page, before it is made.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/useFormat';
import type { StepProps } from './step';

export function ReviewStep({ draft, choices, onEdit }: StepProps & { onEdit: (step: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const image = choices.images.find((each) => each.id === draft.imageId);
  const flavor = choices.flavors.find((each) => each.id === draft.flavorId);
  const none = t('common.none');
  const named = (all: readonly { id: string; name: string }[], ids: readonly string[]) =>
    all
      .filter((each) => ids.includes(each.id))
      .map((each) => each.name)
      .join(', ') || none;
  const section = (step: number, title: string, items: KeyValuePairsProps['items']) => (
    <Container
      header={
        <Header variant="h2" actions={<Button onClick={() => onEdit(step)}>{t('common.edit')}</Button>}>
          {title}
        </Header>
      }
    >
      <KeyValuePairs columns={2} items={items} />
    </Container>
  );
  return (
    <SpaceBetween size="l">
      {section(0, t('create.image.title'), [
        { label: t('servers.name'), value: draft.name },
        { label: t('servers.description'), value: draft.description || none },
        { label: t('servers.image'), value: image?.name ?? none },
      ])}
      {section(1, t('create.flavor.title'), [
        { label: t('create.flavor.name'), value: flavor?.name ?? none },
        {
          label: t('create.flavor.contents'),
          value: flavor
            ? t('create.flavor.summary', { vcpus: flavor.vcpus, ram: format.mib(flavor.ram), disk: format.gib(flavor.disk) })
            : none,
        },
      ])}
      {section(2, t('create.access.title'), [
        { label: t('create.access.networks'), value: named(choices.networks, draft.networkIds) },
        { label: t('nav.securityGroups'), value: named(choices.groups, draft.groupIds) },
        { label: t('servers.keyPair'), value: draft.keyName ?? none },
        { label: t('create.access.userData'), value: draft.userData ? <Box variant="code">{t('create.access.given')}</Box> : none },
      ])}
    </SpaceBetween>
  );
}
