// One value that an event tells: words for the service's own, units for numbers, names and links for things.
import Box from '@cloudscape-design/components/box';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { fieldName, type Names } from './eventNames';
import { KINDS } from './places';
import { useThing } from './useResource';

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const ID = /^[\w-]+$/;
/** "subnet_id=… address=…": a thing inside a list, by its fields. */
const FIELDS = /^[a-z_]+=\S*(?: [a-z_]+=\S*)*$/;

/** What numbers of that name count. */
const UNITS: Record<string, 'bytes' | 'seconds' | 'minutes'> = {
  bytes: 'bytes',
  receivedBytes: 'bytes',
  sentBytes: 'bytes',
  size: 'bytes',
  seconds: 'seconds',
  minutes: 'minutes',
};
/** Of which another unit would be wrong. */
const COUNTS = new Set(['export/size']);

interface EventValueProps {
  /** The fact, or the field. */
  name: string;
  value: string | null;
  /** What was done, where a fact's meaning depends on it. */
  action?: string;
  /** Whether the things are this project's, so that they can be looked up. */
  own: boolean;
}

export function EventValue({ name, value, action = '', own }: EventValueProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (value === null || value === '') return '–';
  const last = name.slice(name.lastIndexOf('.') + 1);
  const unit = COUNTS.has(`${action}/${name}`) ? undefined : UNITS[name];
  if (unit && /^\d+$/.test(value)) {
    const count = Number(value);
    return unit === 'bytes' ? format.bytes(count) : format.span(count * (unit === 'seconds' ? 1_000 : 60_000));
  }
  const words: Record<string, Names> = t('history.values', { returnObjects: true });
  // A correction tells both values of a fact in one.
  const sides = value.split(' → ');
  return (
    <span style={{ overflowWrap: 'anywhere' }}>
      {sides.map((side, index) => (
        <Fragment key={index}>
          {index > 0 && ' → '}
          <Items text={side} name={last} words={{ ...words['*'], ...words[last], ...words[name] }} own={own} />
        </Fragment>
      ))}
    </span>
  );
}

/** A list, or a single value. */
function Items({ text, name, words, own }: { text: string; name: string; words: Names; own: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = (item: string) => {
    if (item === 'true' || item === 'false') return t(item === 'true' ? 'common.yes' : 'common.no');
    return words[item.toLowerCase()] ?? words[item] ?? item.replace(INSTANT, format.time);
  };
  const whole = said(text);
  if (whole !== text) return whole;
  const items = text.replace(/^\[(.*)\]$/, '$1').split(/, ?/);
  if (items.every((item) => FIELDS.test(item)))
    return items.map((item, index) => (
      <Box key={index}>
        <Fields text={item} own={own} />
      </Box>
    ));
  const kind = KINDS[name];
  if (items.some((item) => said(item) !== item || (kind && ID.test(item))))
    return items.map((item, index) => (
      <Fragment key={index}>
        {index > 0 && ', '}
        {kind && ID.test(item) ? <Thing kind={kind} id={item} own={own} /> : said(item)}
      </Fragment>
    ));
  return text;
}

function Fields({ text, own }: { text: string; own: boolean }) {
  const { t } = useTranslation();
  const names: Names = t('history.fields', { returnObjects: true });
  return text.split(' ').map((pair, index) => {
    const [name = '', ...rest] = pair.split('=');
    return (
      <Fragment key={index}>
        {index > 0 && ', '}
        {fieldName(name, names)}: <EventValue name={name} value={rest.join('=')} own={own} />
      </Fragment>
    );
  });
}

/** By its name, where it has one and still is; with a link, where the console shows it. */
function Thing({ kind, id, own }: { kind: string; id: string; own: boolean }) {
  const thing = useThing(kind, id, own);
  const text = thing?.name || id;
  return thing?.there && thing.page ? <RouteLink to={thing.page}>{text}</RouteLink> : text;
}
