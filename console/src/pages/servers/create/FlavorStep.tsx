// Step 2: how large the server is; what is too small for the image or too large for the quota says so.
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { Flavor } from '../../../api/compute';
import { useFormat } from '../../../ui/useFormat';
import type { StepProps } from './step';
import { bySize } from './draft';
import { fits, forNew, quotaAfter } from '../quota';
import { useProblem } from './useProblem';

export function FlavorStep({ draft, choices, problems, tried, change }: StepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const problem = useProblem(tried);
  const image = choices.images.find((each) => each.id === draft.imageId);
  const hindrance = (flavor: Flavor): 'small' | 'quota' | null => {
    if (!fits(flavor, image)) return 'small';
    return quotaAfter(choices.limits, forNew(flavor)).some((each) => each.over) ? 'quota' : null;
  };
  return (
    <FormField errorText={problem(problems.flavor)} stretch>
      <Table<Flavor>
        header={
          <Header variant="h2" description={t('create.flavor.hint')}>
            {t('create.flavor.choose')}
          </Header>
        }
        items={bySize(choices.flavors)}
        trackBy="id"
        selectionType="single"
        selectedItems={choices.flavors.filter((flavor) => flavor.id === draft.flavorId)}
        onSelectionChange={({ detail }) => change({ flavorId: detail.selectedItems[0]?.id ?? null })}
        onRowClick={({ detail }) => {
          if (hindrance(detail.item) === null) change({ flavorId: detail.item.id });
        }}
        isItemDisabled={(flavor) => hindrance(flavor) !== null}
        ariaLabels={{ itemSelectionLabel: (_, flavor) => flavor.name, selectionGroupLabel: t('create.flavor.choose') }}
        columnDefinitions={[
          { id: 'name', header: t('create.flavor.name'), cell: (flavor) => flavor.name, isRowHeader: true },
          { id: 'vcpus', header: t('create.flavor.vcpus'), cell: (flavor) => flavor.vcpus },
          { id: 'ram', header: t('create.flavor.ram'), cell: (flavor) => format.mib(flavor.ram) },
          { id: 'disk', header: t('create.flavor.disk'), cell: (flavor) => format.gib(flavor.disk) },
          {
            id: 'fits',
            header: t('create.flavor.fits'),
            cell: (flavor) => {
              const why = hindrance(flavor);
              return why ? (
                <StatusIndicator type="warning">{t(`create.flavor.hindrance.${why}`)}</StatusIndicator>
              ) : (
                <StatusIndicator type="success">{t('create.flavor.available')}</StatusIndicator>
              );
            },
          },
        ]}
      />
    </FormField>
  );
}
