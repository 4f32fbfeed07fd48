// What a change does, what is lost by it, what stays and what it needs: side by side, so that "stop" and "delete" cannot be taken for each other.
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Icon, { type IconProps } from '@cloudscape-design/components/icon';
import { useTranslation } from 'react-i18next';

export type Effect = 'does' | 'lost' | 'stays' | 'needs';

const SIGNS = {
  does: { name: 'caret-right-filled', variant: 'normal' },
  lost: { name: 'status-negative', variant: 'error' },
  stays: { name: 'status-positive', variant: 'success' },
  needs: { name: 'status-pending', variant: 'subtle' },
} as const satisfies Record<Effect, { name: IconProps.Name; variant: IconProps.Variant }>;

export type EffectLines = Readonly<Partial<Record<Effect, readonly string[]>>>;

export function Effects({ lines }: { lines: EffectLines }) {
  const { t } = useTranslation();
  const told = (Object.keys(SIGNS) as Effect[]).filter((effect) => lines[effect]?.length);
  return (
    <ColumnLayout columns={told.length > 3 ? 2 : told.length} minColumnWidth={180} borders="vertical">
      {told.map((effect) => (
        <div key={effect} data-effect={effect}>
          <Box variant="h4" tagOverride="h3" padding="n">
            <Icon {...SIGNS[effect]} /> {t(`effects.${effect}`)}
          </Box>
          <ul className="effects">
            {lines[effect]?.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </ColumnLayout>
  );
}
