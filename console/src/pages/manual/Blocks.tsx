// The text of the manual on the screen.
import Link from '@cloudscape-design/components/link';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block, Span } from './manual';

export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="manual">
      {blocks.map((block, index) => (
        <One key={index} block={block} />
      ))}
    </div>
  );
}

function One({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      );
    case 'code':
      return <pre tabIndex={0}>{block.text}</pre>;
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          {item.map((inner, place) => (inner.kind === 'text' ? <Spans key={place} spans={inner.spans} /> : <One key={place} block={inner} />))}
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return (
        <div className="manual-table">
          <table>
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  <th key={index} scope="col">
                    <Spans spans={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, place) => (
                    <td key={place}>
                      <Spans spans={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function Spans({ spans }: { spans: readonly Span[] }) {
  const { t } = useTranslation();
  return spans.map((span, index) => {
    const text = span.look === 'strong' ? <strong>{span.text}</strong> : span.look === 'code' ? <code>{span.text}</code> : span.text;
    return span.href === undefined ? (
      <Fragment key={index}>{text}</Fragment>
    ) : (
      <Link key={index} href={span.href} external externalIconAriaLabel={t('help.elsewhere')}>
        {text}
      </Link>
    );
  });
}
