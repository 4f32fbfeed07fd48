// Step 1: name, description, and the image to start from.
import Box from '@cloudscape-design/components/box';
import Cards from '@cloudscape-design/components/cards';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { Image } from '../../../api/image';
import { RouteButton } from '../../../ui/RouteButton';
import { useFormat } from '../../../ui/useFormat';
import type { StepProps } from './step';
import { smallestFlavor, usableImages } from './draft';
import { fits } from '../quota';
import { useProblem } from './useProblem';

export function ImageStep({ draft, choices, problems, tried, change }: StepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const problem = useProblem(tried);
  const images = usableImages(choices.images);
  const chosen = images.filter((image) => image.id === draft.imageId);
  const choose = (image: Image | undefined) => {
    if (!image) return;
    const flavor = choices.flavors.find((each) => each.id === draft.flavorId);
    const flavorId = flavor && fits(flavor, image) ? draft.flavorId : (smallestFlavor(choices, image)?.id ?? draft.flavorId);
    change({ imageId: image.id, flavorId });
  };
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t('create.name.title')}</Header>}>
        <SpaceBetween size="m">
          <FormField label={t('servers.name')} description={t('create.name.hint')} errorText={problem(problems.name)}>
            <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} spellcheck={false} name="server-name" />
          </FormField>
          <FormField
            label={
              <>
                {t('servers.description')}{' '}
                <Box variant="span" color="text-body-secondary" fontWeight="normal">
                  {t('common.optional')}
                </Box>
              </>
            }
            errorText={problem(problems.description)}
          >
            <Input value={draft.description} onChange={({ detail }) => change({ description: detail.value })} name="server-description" />
          </FormField>
        </SpaceBetween>
      </Container>
      <FormField errorText={problem(problems.image)} stretch>
        <Cards<Image>
          header={
            <Header variant="h2" counter={`(${images.length})`}>
              {t('create.image.choose')}
            </Header>
          }
          items={images}
          trackBy="id"
          selectionType="single"
          entireCardClickable
          selectedItems={chosen}
          onSelectionChange={({ detail }) => choose(detail.selectedItems[0])}
          ariaLabels={{ itemSelectionLabel: (_, image) => image.name ?? image.id, selectionGroupLabel: t('create.image.choose') }}
          cardsPerRow={[{ cards: 1 }, { minWidth: 460, cards: 2 }]}
          cardDefinition={{
            header: (image) => <Box variant="h3">{image.name ?? image.id}</Box>,
            sections: [
              { id: 'about', content: (image) => image.description ?? aboutImage(image, format.bytes) },
              {
                id: 'needs',
                content: (image) => (
                  <Box color="text-body-secondary" fontSize="body-s">
                    {[
                      t(`images.visibilities.${image.visibility}`),
                      image.min_disk > 0 ? t('create.image.minDisk', { size: format.gib(image.min_disk) }) : '',
                      image.min_ram > 0 ? t('create.image.minRam', { size: format.mib(image.min_ram) }) : '',
                    ]
                      .filter((part) => part)
                      .join(' · ')}
                  </Box>
                ),
              },
            ],
          }}
          empty={
            <Box textAlign="center">
              <SpaceBetween size="s">
                <Box>{t('create.image.none')}</Box>
                <RouteButton to="/images">{t('create.image.upload')}</RouteButton>
              </SpaceBetween>
            </Box>
          }
        />
      </FormField>
    </SpaceBetween>
  );
}

function aboutImage(image: Image, bytes: (size: number) => string): string {
  return [image.disk_format, image.size === null ? '' : bytes(image.size)].filter((part) => part).join(' · ');
}
