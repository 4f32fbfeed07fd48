// Who answers for what: a table of layers and parties, in colour and in words, to be saved as a table or as a picture.
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { Plan, Share } from '../../api/plans';
import { useLanguage } from '../../app/language';
import { saveText } from '../../ui/saveText';
import { csvOf, svgOf, type Drawn } from './matrix';

export function Responsibilities({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const words = (share: Share) => t(`plans.shares.${share}`);
  const { parties, layers } = plan.responsibilities;
  const title = t('plans.matrixOf', { plan: plan.name[language], version: plan.version });
  const drawn: Drawn = {
    title,
    corner: t('plans.layer'),
    parties: parties.map((party) => party.name[language]),
    rows: layers.map((layer) => ({
      name: layer.name[language],
      cells: layer.cells.map((cell) => ({ share: cell.share, word: words(cell.share), text: cell.text[language] })),
    })),
  };
  const file = `responsibilities-${plan.id}-${plan.version}-${language}`;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t('plans.matrixText')}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button iconName="download" onClick={() => saveText(`${file}.csv`, csvOf(drawn), 'text/csv')}>
                {t('plans.saveTable')}
              </Button>
              <Button iconName="download" onClick={() => saveText(`${file}.svg`, svgOf(drawn), 'image/svg+xml')}>
                {t('plans.savePicture')}
              </Button>
            </SpaceBetween>
          }
        >
          {t('plans.matrix')}
        </Header>
      }
    >
      <div className="matrix-frame" tabIndex={0} role="region" aria-label={title}>
        <table className="matrix">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{drawn.corner}</th>
              {drawn.parties.map((party) => (
                <th key={party} scope="col">
                  {party}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                {row.cells.map((cell, at) => (
                  <td key={drawn.parties[at]} className={`matrix-${cell.share}`}>
                    <strong>{cell.word}</strong>
                    <span>{cell.text}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Container>
  );
}
