/** An iCalendar file, cut into its parts without understanding them; and the time zones it brings. */
import { toEpoch } from '@huddle/shared/time.ts';
import ICAL from 'ical.js';
import { isZone } from './moment.ts';

/** `BEGIN:` to `END:` of a part, and the line of its `BEGIN:`. `whole`: false when its `END:` is missing. */
export interface Block {
  readonly name: 'VEVENT' | 'VTIMEZONE';
  readonly line: number;
  readonly text: string;
  readonly whole: boolean;
}

/** The events and time zones of a file, in its order. Lines count from 1. */
export const blocksOf = (text: string): readonly Block[] => {
  const lines = text.split(/\r\n|\n|\r/);
  const blocks: Block[] = [];
  let open: { name: Block['name']; from: number } | undefined;
  const close = (upTo: number, whole: boolean): void => {
    if (open !== undefined) blocks.push({ name: open.name, line: open.from + 1, text: lines.slice(open.from, upTo).join('\r\n'), whole });
    open = undefined;
  };
  lines.forEach((line, at) => {
    const [, edge, name] = /^(BEGIN|END):(VEVENT|VTIMEZONE|VCALENDAR)\s*$/i.exec(line) ?? [];
    if (edge === undefined || name === undefined) return;
    const upper = name.toUpperCase();
    if (edge.toUpperCase() === 'END' && upper === open?.name) return close(at + 1, true);
    close(at, false);
    if (edge.toUpperCase() === 'BEGIN' && (upper === 'VEVENT' || upper === 'VTIMEZONE')) open = { name: upper, from: at };
  });
  close(lines.length, false);
  return blocks;
};

/** Clocks that give a time its moment. */
export interface Clocks {
  /** Epoch ms of a time as these clocks show it; one in UTC is what it is. */
  epoch(time: ICAL.Time): number;
}

/** Which clocks a `TZID` means. */
export interface Zones {
  /** undefined asks for those of the board: a floating time. @returns undefined for a zone that nobody knows */
  named(tzid: string | undefined): Clocks | undefined;
}

const isUtc = (time: ICAL.Time): boolean => time.zone === ICAL.Timezone.utcTimezone;
const asUtc = ({ year, month, day, hour, minute, second }: ICAL.Time): number => Date.UTC(year, month - 1, day, hour, minute, second);

const byIntl = (zone: string): Clocks => ({
  epoch: (time) => (isUtc(time) ? asUtc(time) : toEpoch(time, zone)),
});

const byFile = (zone: ICAL.Timezone): Clocks => ({
  epoch: (time) => (isUtc(time) ? asUtc(time) : asUtc(time) - zone.utcOffset(time) * 1000),
});

/** Time zones change by the year; rules that run faster, or that hide how fast they run, are not worth a node's time. */
const isCalm = (text: string): boolean => {
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
  const rules = lines.filter((line) => /^RRULE/i.test(line));
  return (
    lines.length < 2000 &&
    rules.every((rule) => /FREQ=YEARLY/i.test(rule) && !/FREQ=(?!YEARLY)|BY(?:SECOND|MINUTE|HOUR|SETPOS)=/i.test(rule))
  );
};

/** One part of a file, understood. @throws what the library says of a broken line */
export const componentOf = (text: string): ICAL.Component => new ICAL.Component(ICAL.parse(text) as unknown[]);

const zoneIn = (block: Block): ICAL.Timezone | undefined => {
  if (!block.whole || !isCalm(block.text)) return undefined;
  try {
    return new ICAL.Timezone(componentOf(block.text));
  } catch {
    return undefined;
  }
};

/** The file's own zones first, then those that Intl knows. */
export const zonesOf = (blocks: readonly Block[], boardZone: string): Zones => {
  const known = new Map<string, Clocks>();
  for (const block of blocks) {
    const zone = block.name === 'VTIMEZONE' ? zoneIn(block) : undefined;
    if (zone !== undefined) known.set(zone.tzid, byFile(zone));
  }
  return {
    named: (tzid = boardZone) => {
      // Some programs write /example.org/20240101/Europe/Berlin.
      const name = [tzid, /[A-Za-z_]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?$/.exec(tzid)?.[0] ?? ''].find(
        (each) => known.has(each) || (each !== '' && isZone(each)),
      );
      if (name === undefined) return undefined;
      const clocks = known.get(name) ?? byIntl(name);
      known.set(name, clocks);
      return clocks;
    },
  };
};
